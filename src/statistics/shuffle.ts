// In which random order do things stand?
import type { RandomNumbers } from "./randomNumbers.js";

/** Puts those from `from` up to, not including, `to` into an order drawn from all, each as likely. Fisher and Yates. */
export function shuffle(random: RandomNumbers, list: Int32Array, from = 0, to = list.length): void {
  for (let i = to - 1; i > from; i--) {
    const j = from + Math.floor(random.next() * (i - from + 1));
    const moved = list[i]!;
    list[i] = list[j]!;
    list[j] = moved;
  }
}
