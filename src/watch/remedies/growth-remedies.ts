/** The door of the remedies: what can be done about something that grows, through the gate: who is stopped first, then what comes back. */
import { fromText } from '../../model/byte-string.ts';
import type { Action } from '../../model/action.ts';
import type { GrowthState } from '../../model/watch-event.ts';
import { settle } from '../../remedies/remedies.ts';
import type { World } from '../../remedies/remedies.ts';
import { cronProgram, holderOf } from './holder-of.ts';

/** The machine is looked at anew after so long, and sooner where another writer was found. */
const GOOD_SECONDS = 10;
const MOST_KEPT = 200;

export type Remedied = Pick<GrowthState, 'remedies' | 'refusals'>;
type Asked = Omit<GrowthState, 'remedies' | 'refusals'>;

interface Kept extends Remedied {
  readonly key: string;
  readonly at: number;
}

export const NO_REMEDIES: Remedied = { remedies: [], refusals: [] };

export class GrowthRemedies {
  readonly #freshWorld: () => World | undefined;
  readonly #kept = new Map<number, Kept>();
  #world: World | undefined;
  #worldAt = -Infinity;

  /** @param freshWorld the machine as the gate sees it; undefined while it cannot be asked. */
  constructor(freshWorld: () => World | undefined) {
    this.#freshWorld = freshWorld;
  }

  /** @param growth its number. */
  of(growth: number, state: Asked, now: number): Remedied {
    const actions = actionsAgainst(state);
    if (actions.length === 0) return NO_REMEDIES;
    // What it has grown by is no reason to ask again.
    const key = JSON.stringify(actions.map((action) => ({ ...action, frees: undefined })));
    const kept = this.#kept.get(growth);
    if (kept?.key === key && now - kept.at < GOOD_SECONDS) return kept;
    const world = this.#worldNow(now);
    if (world === undefined) return NO_REMEDIES;
    const settled = { ...settle(actions, { paths: [state.path], risk: 'review' }, world), key, at: now };
    this.#kept.delete(growth);
    this.#kept.set(growth, settled);
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    return settled;
  }

  #worldNow(now: number): World | undefined {
    if (this.#world === undefined || now - this.#worldAt >= GOOD_SECONDS) {
      this.#world = this.#freshWorld();
      this.#worldAt = now;
    }
    return this.#world;
  }
}

/** Whoever writes is stopped before anything is emptied: it would be full again. */
function actionsAgainst({ path, what, writers, judgement, diskBytes }: Asked): Action[] {
  const holder = holderOf(writers);
  const actions: Action[] = [];
  if (holder !== undefined)
    actions.push({
      kind: 'stop-writer',
      holder,
      frees: { bytes: 0, certainty: 'exact' },
      loses: 'uptime',
      risk: 'review',
    });
  const cron = cronProgram(writers);
  if (cron !== undefined)
    actions.push({
      kind: 'look',
      argv: ['grep', '-rnF', '--', cron, '/etc/crontab', '/etc/cron.d', '/var/spool/cron'].map(fromText),
      frees: { bytes: 0, certainty: 'exact' },
      loses: 'nothing',
      risk: 'safe',
    });
  if (what === 'file' && judgement.verdict !== 'unknown')
    actions.push({
      kind: 'empty-file',
      paths: [path],
      meaning: 'log',
      frees: { bytes: diskBytes, certainty: 'at-least' },
      loses: 'log-lines',
      risk: 'review',
    });
  return actions;
}
