/** `diskwhy fleet QUESTION FOLDER…`: what fills disks over many hosts, from their records. */
import { toText } from '../../model/byte-string.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import { FLEET_QUESTIONS } from '../../model/fleet-answer.ts';
import type { FleetAnswer, FleetQuestion } from '../../model/fleet-answer.ts';
import { loadQuestions } from '../../fleet/fleet.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { nearest } from '../command-line/nearest.ts';
import type { OptionsOf, Request } from '../options/typed-options.ts';
import type { Terminal } from '../terminal.ts';

export async function runFleet(request: Request<'fleet'>, terminal: Terminal): Promise<ExitCode> {
  const { options, given } = request;
  const { question, sql, folders } = readQuestion(request);
  const { askFleet, sqlFile } = await loadQuestions();
  if (options.showsSql) {
    if (question === 'sql') throw new UsageError('--show-sql shows the SQL of a question; sql is your own');
    await terminal.print(sqlFile(question));
    return ExitCode.done;
  }
  if (folders.length === 0) throw new UsageError('which folder? name the one that diskwhy record writes to');
  if (given.has('url') && options.engine !== 'clickhouse')
    throw new UsageError('--url is the address of a ClickHouse; add --engine clickhouse');
  const now = nowSeconds();
  const answer = await askFleet({
    question,
    sql,
    folders,
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
  readonly folders: readonly string[];
}

/** Throws UsageError where the first word is no question. */
function readQuestion({ operands }: Request<'fleet'>): Question {
  const [first, ...rest] = operands.map(toText);
  const question = FLEET_QUESTIONS.find((one) => one === first);
  if (question === undefined) {
    const meant = nearest(first, FLEET_QUESTIONS);
    const hint = meant === undefined ? `one of ${FLEET_QUESTIONS.join(', ')}` : `did you mean ${meant}?`;
    throw new UsageError(`fleet ${first}: not a question; ${hint}`);
  }
  const remote = rest.find((one) => /^\w+:\/\//u.test(one));
  if (remote !== undefined)
    throw new UsageError(
      `${remote}: not a folder; bring the records here first, by rsync, aws s3 sync or rclone`,
    );
  if (question !== 'sql') return { question, sql: undefined, folders: rest };
  const [sql, ...folders] = rest;
  if (sql === undefined) throw new UsageError("sql needs a query: diskwhy fleet sql 'SELECT …' FOLDER");
  return { question, sql, folders };
}

function readUntil(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  const isTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?$/u.test(typed);
  const at = isTime
    ? Date.parse(typed.length === 10 || typed.endsWith('Z') ? typed : `${typed}Z`)
    : Number.NaN;
  if (Number.isNaN(at))
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
    import('../screen-for.ts'),
  ]);
  const screen = screenFor(options, terminal);
  return fleetLines(answer, screen)
    .map((line) => `${line}\n`)
    .join('');
}
