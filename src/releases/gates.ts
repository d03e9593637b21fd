// What stands in the way of a release?

export interface GateResult {
  name: string;
  level: "BLOCK" | "WARN";
  passed: boolean;
  observed: string;
  required: string;
}
