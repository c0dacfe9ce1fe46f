/** `diskwhy fleet QUESTION FOLDER…`: what fills disks over many hosts, from their records. */
import { toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import { FLEET_QUESTIONS } from '../../model/fleet-answer.ts';
import type { FleetAnswer, FleetQuestion } from '../../model/fleet-answer.ts';
import { loadQuestions } from '../../fleet/fleet.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { nearest } from '../options/nearest.ts';
import type { OptionsOf, Request } from '../options/typed-options.ts';
import { readStoreAccess } from '../machine/store-access.ts';
import type { Terminal } from '../terminal/terminal.ts';

export async function runFleet(request: Request<'fleet'>, terminal: Terminal): Promise<ExitCode> {
  const { options, given } = request;
  const { question, sql, places } = readQuestion(request);
  const { askFleet, isStored, sqlFile } = await loadQuestions();
  if (options.showsSql) {
    if (question === 'sql') throw new UsageError('--show-sql shows the SQL of a question; sql is your own');
    const [place] = places;
    if (place !== undefined)
      throw new UsageError('--show-sql asks nobody; leave the folder out, or the option', place);
    await terminal.print(sqlFile(question));
    return ExitCode.done;
  }
  if (places.length === 0) throw new UsageError('which folder? name the one that diskwhy record writes to');
  if (given.has('url') && options.engine !== 'clickhouse')
    throw new UsageError('--url is the address of a ClickHouse; add --engine clickhouse');
  refuseOthers(places, isStored);
  if (given.has('httpfs') && !places.some((place) => isStored(toText(place))))
    throw new UsageError('--httpfs is for records in a store; name one, as in s3://bucket/fleet');
  const now = nowSeconds();
  const answer = await askFleet({
    question,
    sql,
    places,
    access: readStoreAccess(process.env, options.httpfs),
    days: options.days,
    untilSeconds: readUntil(options.until) ?? now,
    nowSeconds: now,
    engine: options.engine,
    url: options.url,
  });
  await terminal.print(await textOf(answer, options, terminal));
  return answer.skipped.length === 0 ? ExitCode.done : ExitCode.partial;
}

interface Question {
  readonly question: FleetQuestion;
  readonly sql: string | undefined;
  readonly places: readonly ByteString[];
}

/** Throws UsageError where the first word is no question. */
function readQuestion({ operands }: Request<'fleet'>): Question {
  const [first, ...rest] = operands;
  const word = toText(first);
  const question = FLEET_QUESTIONS.find((one) => one === word);
  if (question === undefined) {
    const meant = nearest(word, FLEET_QUESTIONS);
    const hint = meant === undefined ? `one of ${FLEET_QUESTIONS.join(', ')}` : `did you mean ${meant}?`;
    throw new UsageError(`fleet ${word}: not a question; ${hint}`);
  }
  if (question !== 'sql') return { question, sql: undefined, places: rest };
  const [sql, ...places] = rest;
  if (sql === undefined) throw new UsageError("sql needs a query: diskwhy fleet sql 'SELECT …' FOLDER");
  return { question, sql: toText(sql), places };
}

/** Throws UsageError for an address that is none of S3's. */
function refuseOthers(places: readonly ByteString[], isStored: (place: string) => boolean): void {
  const other = places.find((place) => /^\w+:\/\//u.test(place) && !isStored(place));
  if (other !== undefined)
    throw new UsageError(
      'not a folder and not s3://…; bring the records here first, by rsync or rclone',
      other,
    );
}

function readUntil(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  const isTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?$/u.test(typed);
  const at = isTime
    ? Date.parse(typed.length === 10 || typed.endsWith('Z') ? typed : `${typed}Z`)
    : Number.NaN;
  // JavaScript takes the 30th of February for the 2nd of March.
  if (Number.isNaN(at) || new Date(at).getUTCDate() !== Number(typed.slice(8, 10)))
    throw new UsageError(`--until ${typed}: not a time; write 2026-11-28 or 2026-11-28T03:00Z`);
  return at / 1000;
}

async function textOf(answer: FleetAnswer, options: OptionsOf<'fleet'>, terminal: Terminal): Promise<string> {
  if (options.json) {
    const { fleetJson } = await import('../../render/json/fleet.ts');
    return `${JSON.stringify(fleetJson(answer, options.top), undefined, 2)}\n`;
  }
  const [{ fleetLines }, { screenFor }] = await Promise.all([
    import('../../render/screens/fleet/fleet.ts'),
    import('../terminal/screen-for.ts'),
  ]);
  const screen = screenFor(options, terminal);
  return fleetLines(answer, screen)
    .map((line) => `${line}\n`)
    .join('');
}
