// Ratings in columns, each with when it was given and how long it took. Pure.
import { RatingColumns } from "../statistics/ratingColumns.js";

export class TimedRatings {
  readonly columns = new RatingColumns();
  /** Milliseconds since 1970. */
  at = new Float64Array(1024);
  /** NaN where it was not said. */
  seconds = new Float64Array(1024);

  get length(): number {
    return this.columns.length;
  }

  add(unit: number, rater: number, value: number, at: number, seconds: number): void {
    const place = this.columns.length;
    if (place === this.at.length) {
      this.at = twiceAsLong(this.at);
      this.seconds = twiceAsLong(this.seconds);
    }
    this.at[place] = at;
    this.seconds[place] = seconds;
    this.columns.add(unit, rater, value);
  }

  /** Adds one of another's. */
  take(from: TimedRatings, place: number): void {
    const { unit, rater, value } = from.columns;
    this.add(unit[place]!, rater[place]!, value[place]!, from.at[place]!, from.seconds[place]!);
  }
}

function twiceAsLong(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(column.length * 2);
  longer.set(column);
  return longer;
}

/** A model's ratings, with those of the people who rated the same units beside them. */
export function besidePeople(people: TimedRatings, model: TimedRatings): TimedRatings {
  const together = new TimedRatings();
  const units = new Set<number>();
  for (let i = 0; i < model.length; i++) {
    units.add(model.columns.unit[i]!);
    together.take(model, i);
  }
  for (let i = 0; i < people.length; i++) if (units.has(people.columns.unit[i]!)) together.take(people, i);
  return together;
}
