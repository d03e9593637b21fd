// What is a coefficient called in a table?

const NAMES: Record<string, string> = {
  percent_agreement: "agreement",
  percent_agreement_unanimous: "unanimous",
  krippendorff_alpha: "α",
  gwet_ac1: "AC1",
  gwet_ac2: "AC2",
  brennan_prediger: "Brennan-Prediger",
  pabak: "PABAK",
  fleiss_kappa: "Fleiss κ",
  scott_pi: "Scott π",
  conger_kappa: "Conger κ",
  light_kappa: "Light κ",
  cohen_kappa: "Cohen κ",
  kendall_w: "Kendall W",
  mean_pairwise_spearman: "mean Spearman ρ",
};

interface Named {
  coefficient: string;
  weighting: string;
}

/** `α ordinal`, `agreement`, `ICC(2,1)`: by the names of the API, or those of the reference vectors. */
export function coefficientName({ coefficient, weighting }: Named): string {
  const named = vectorName({ coefficient, weighting });
  if (named.coefficient === "icc") return named.weighting;
  const name = NAMES[named.coefficient] ?? named.coefficient;
  const plain = ["unweighted", "ties_corrected", "plain_mean"].includes(named.weighting);
  return plain ? name : `${name} ${named.weighting.replaceAll("_", " ")}`;
}

/** The API's names as those of the reference vectors: ICC with ICC_2_K is icc with ICC(2,k). */
export function vectorName({ coefficient, weighting }: Named): Named {
  const icc = /^ICC_(\d)_(1|K)$/.exec(weighting);
  return {
    coefficient: coefficient.toLowerCase(),
    weighting: icc
      ? `ICC(${icc[1]},${icc[2]!.toLowerCase()})`
      : weighting.startsWith("ICC(")
        ? weighting
        : weighting.toLowerCase(),
  };
}

/** `cohen_kappa:quadratic`, `icc:ICC(2,k)`, `fleiss-kappa`: as the API takes it. */
export function apiCoefficient(text: string): { coefficient: string; weighting?: string } {
  const [name, weighting] = text.split(":", 2);
  const upper = (part: string) =>
    part
      .trim()
      .toUpperCase()
      .replaceAll(/[-\s(,]/g, "_")
      .replace(")", "");
  return { coefficient: upper(name!), ...(weighting === undefined ? {} : { weighting: upper(weighting) }) };
}
