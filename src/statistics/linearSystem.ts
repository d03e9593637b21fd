// Which matrix undoes a symmetric one?

/**
 * The inverse of a symmetric positive definite matrix, row by row; null where it has none, within rounding.
 * Gauss and Jordan, pivots on the diagonal. O(n³), for the few rows that groups make.
 */
export function inverseOf(matrix: ReadonlyArray<Float64Array>): Float64Array[] | null {
  const n = matrix.length;
  const left = matrix.map((row) => Float64Array.from(row));
  const right = matrix.map((_, i) => Float64Array.from({ length: n }, (__, j) => (i === j ? 1 : 0)));
  for (let pivot = 0; pivot < n; pivot++) {
    const scale = left[pivot]![pivot]!;
    if (!(scale > 1e-12 * matrix[pivot]![pivot]!)) return null;
    for (let i = 0; i < n; i++) {
      const times = i === pivot ? 0 : left[i]![pivot]! / scale;
      for (let j = 0; j < n && times !== 0; j++) {
        left[i]![j]! -= times * left[pivot]![j]!;
        right[i]![j]! -= times * right[pivot]![j]!;
      }
    }
    for (let j = 0; j < n; j++) {
      left[pivot]![j]! /= scale;
      right[pivot]![j]! /= scale;
    }
  }
  return right;
}
