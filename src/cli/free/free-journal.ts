/** The journal of `diskwhy free --apply`: a line per step. It never lies on the filesystem that is to get space back. */
import { appendFileSync, mkdirSync, statSync } from 'node:fs';
import { journalDirectory } from '../../clean/clean.ts';
import { fromText, joinPath, parentPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { StepOutcome } from '../../model/free-outcome.ts';
import type { FreePlan } from '../../model/free-plan.ts';
import { stepJson } from '../../render/json/free.ts';
import { displayName } from '../../render/terminal/escape.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { stateEnvironment } from '../invocation/state-environment.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface FreeJournal extends Disposable {
  readonly note: (outcome: StepOutcome) => void;
}

/** Memory, for when the state directory lies on the full filesystem. */
const IN_MEMORY = fromText('/run/diskwhy');

/** Says where it is, or that there is none: without one the steps are taken all the same. */
export function openFreeJournal(plan: FreePlan, uid: number, terminal: Terminal): FreeJournal {
  const file = fileOff(plan, uid);
  const say = (text: string): void => terminal.writeError(`${text}\n`);
  say(file === undefined ? 'no journal: nothing is written on a full disk' : `journal: ${displayName(file)}`);
  return {
    note: (outcome) => {
      if (file === undefined) return;
      const line = { at: new Date(nowSeconds() * 1000).toISOString(), ...stepJson(outcome) };
      try {
        appendFileSync(toBuffer(file), `${JSON.stringify(line)}\n`, { mode: 0o600 });
      } catch {
        say('the journal cannot be written any more');
      }
    },
    [Symbol.dispose]: () => undefined,
  };
}

function fileOff({ mountPoint }: FreePlan, uid: number): ByteString | undefined {
  const name = fromText(`free-${Math.floor(nowSeconds())}-${process.pid}.jsonl`);
  const places = [stateDirectory(uid), ...(uid === 0 ? [IN_MEMORY] : [])];
  for (const place of places) {
    if (place === undefined || isOn(place, mountPoint)) continue;
    try {
      mkdirSync(toBuffer(place), { recursive: true, mode: 0o700 });
      return joinPath(place, name);
    } catch {
      // The next place.
    }
  }
  return undefined;
}

function stateDirectory(uid: number): ByteString | undefined {
  try {
    return journalDirectory(stateEnvironment(), uid);
  } catch {
    return undefined;
  }
}

/** Whether the nearest directory that is there lies on the filesystem mounted at `mountPoint`. */
function isOn(place: ByteString, mountPoint: ByteString): boolean {
  const device = statSync(toBuffer(mountPoint)).dev;
  for (let at = place; ; at = parentPath(at)) {
    try {
      return statSync(toBuffer(at)).dev === device;
    } catch {
      if (at === '/') return true;
    }
  }
}
