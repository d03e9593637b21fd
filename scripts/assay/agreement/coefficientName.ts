// What is a coefficient called in a table?

/** `α ordinal`, `agreement` */
export function coefficientName({ coefficient, weighting }: { coefficient: string; weighting: string }): string {
  const name = coefficient.toUpperCase() === "KRIPPENDORFF_ALPHA" ? "α" : "agreement";
  return weighting.toUpperCase() === "UNWEIGHTED" ? name : `${name} ${weighting.toLowerCase()}`;
}
