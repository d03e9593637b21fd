// How do whole numbers become a column whose length is not known before?

export class GrowingColumn {
  private numbers = new Int32Array(1024);
  length = 0;

  add(value: number): void {
    if (this.length === this.numbers.length) {
      const grown = new Int32Array(2 * this.length);
      grown.set(this.numbers);
      this.numbers = grown;
    }
    this.numbers[this.length++] = value;
  }

  /** What was added. Nothing can be added after. */
  column(): Int32Array {
    return this.numbers.subarray(0, this.length);
  }
}
