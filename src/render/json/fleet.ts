/** The JSON of `diskwhy fleet`, schema diskwhy/fleet@1. */
import type { FleetAnswer, FleetQuestion, FleetValue, SkipReason } from '../../model/fleet-answer.ts';
import { isoTime } from './iso-time.ts';
import { pathJson } from './path.ts';
import type { PathJson } from './path.ts';

interface FleetJson {
  readonly schema: 'diskwhy/fleet@1';
  readonly question: FleetQuestion;
  /** As of when. */
  readonly untilAt: string | null;
  readonly days: number;
  readonly records: number;
  readonly machines: number;
  readonly columns: readonly string[];
  /** One value for each column; whole numbers beyond 2^53 are text. */
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
  /** Rows there are, whatever --top says. */
  readonly rowCount: number;
  readonly skipped: {
    readonly count: number;
    readonly items: readonly (PathJson & { readonly reason: SkipReason })[];
  };
  /** Machines whose newest record is too old to count. */
  readonly silent: readonly { readonly host: string; readonly lastAt: string | null }[];
  /** Names that several machines go by. */
  readonly shared: readonly { readonly host: string; readonly machines: number }[];
}

/** A plain object for JSON.stringify. */
export function fleetJson(answer: FleetAnswer, top: number): FleetJson {
  const { question, untilSeconds, days, records, machines, columns, rows, skipped, silent, shared } = answer;
  return {
    schema: 'diskwhy/fleet@1',
    question,
    untilAt: isoTime(untilSeconds),
    days,
    records,
    machines,
    columns,
    rows: rows.slice(0, top).map((row) => row.map(valueJson)),
    rowCount: rows.length,
    skipped: {
      count: skipped.length,
      items: skipped.map(({ path, reason }) => ({ ...pathJson(path), reason })),
    },
    silent: silent.map(({ host, lastSeconds }) => ({ host, lastAt: isoTime(lastSeconds) })),
    shared,
  };
}

function valueJson(value: FleetValue): string | number | boolean | null {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
}
