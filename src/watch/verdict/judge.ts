/** The door of the verdict: judges what is written to growing logs: reads their new bytes, so much per file and second, and asks logs/ what they say. */
import type { ByteString } from '../../model/byte-string.ts';
import type { LogJudgement } from '../../model/log-report.ts';
import { readAppended } from '../../system/files/appended-bytes.ts';
import { packingOf } from '../../system/files/packing.ts';
import type { Growing, Judge } from '../ground/ground.ts';
import { explainStep, judgeLogFile } from '../../logs/logs.ts';
import type { FailingStep } from '../../model/log-fact.ts';
import { LogFollower } from './log-follower.ts';

export { Enquiry } from './enquiry.ts';

/** The fastest are read; what was read before keeps its verdict. */
const MOST_FILES = 20;
const MOST_FOLLOWED = 40;
/** In one read, all together. */
const MOST_BYTES = 2 << 20;
/** A journal is read by journalctl, which takes its time. */
const JOURNAL_SECONDS = 15;
/** What is no text is looked at again after so long: the name may have become a log. */
const OPAQUE_SECONDS = 60;

const UNKNOWN: LogJudgement = { verdict: 'unknown', confidence: 0, facts: [], step: null };

interface Followed {
  readonly follower: LogFollower;
  /** No text: a database, an archive, a journal. */
  kind: 'text' | 'journal' | 'opaque';
  askedAt: number;
  journal: LogJudgement;
  /** The step as it was last looked into, and when. */
  explained: { readonly step: FailingStep; readonly at: number } | undefined;
}

/** What a step comes from is asked again after so long: meanwhile somebody may have mended it. */
const EXPLAINED_SECONDS = 15;

/** @param zoneMinutes minutes east of UTC, for stamps without a zone. */
export function createJudge(zoneMinutes: number): Judge {
  const followed = new Map<number, Followed>();
  const retired = new Map<number, LogJudgement>();
  let now = 0;

  function judgementOf({ kind, journal, follower, explained }: Followed): LogJudgement {
    if (kind === 'journal') return journal;
    const judgement = follower.report(now) ?? UNKNOWN;
    if (judgement.step === null || explained?.step.message !== judgement.step.message) return judgement;
    const { own, cause } = explained.step;
    return { ...judgement, step: { ...judgement.step, own, cause } };
  }

  /** Of a loop: what its step comes from. */
  async function explain(entry: Followed, path: ByteString): Promise<void> {
    const report = entry.follower.report(now);
    const { explained } = entry;
    if (!report || report.step === null) return;
    if (explained?.step.message === report.step.message && now - explained.at < EXPLAINED_SECONDS) return;
    const options = { tailBytes: 0, whole: false, nowSeconds: now, zoneMinutes };
    entry.explained = { step: await explainStep(report.step, report.cycle, path, options), at: now };
  }

  /** Of the one that was read longest ago only the verdict stays. */
  function retire(): void {
    const [[growth, entry]] = followed;
    const { verdict, confidence, facts, step } = judgementOf(entry);
    retired.set(growth, { verdict, confidence, facts, step });
    followed.delete(growth);
  }

  async function readOne(one: Growing, path: ByteString): Promise<number> {
    const entry = followed.get(one.growth) ?? begin(one.path, zoneMinutes, now);
    followed.delete(one.growth);
    followed.set(one.growth, entry);
    if (followed.size > MOST_FOLLOWED) retire();
    if (entry.kind === 'opaque' && now - entry.askedAt < OPAQUE_SECONDS) return 0;
    if (entry.kind === 'journal') return await readJournal(entry, path);
    const { from, most } = entry.follower.wanted(now);
    const appended = await readAppended(path, from, most);
    if (appended === undefined || (appended.id !== one.id && one.isUnlinked)) return 0;
    const isNew = entry.askedAt === Number.NEGATIVE_INFINITY || entry.kind === 'opaque';
    if (isNew) {
      entry.askedAt = now;
      entry.kind = await kindOf(path, appended.bytes);
      if (entry.kind !== 'text') return appended.bytes.length;
    }
    entry.follower.take(appended, now);
    await explain(entry, one.path);
    return appended.bytes.length;
  }

  async function readJournal(entry: Followed, path: ByteString): Promise<number> {
    if (now - entry.askedAt < JOURNAL_SECONDS) return 0;
    entry.askedAt = now;
    const options = { tailBytes: 1 << 20, whole: false, nowSeconds: now, zoneMinutes, topPatterns: 5 };
    entry.journal = await judgeLogFile(path, options);
    return 0;
  }

  return {
    read: async (growing, nowSeconds) => {
      now = nowSeconds;
      let left = MOST_BYTES;
      for (const one of growing.filter(({ what }) => what === 'file').slice(0, MOST_FILES)) {
        if (one.openPath === undefined || left <= 0) continue;
        // Gone, unreadable: the next one.
        left -= await readOne(one, one.openPath).catch(() => 0);
      }
    },
    judgementOf: (growth) => {
      const entry = followed.get(growth);
      return entry ? judgementOf(entry) : (retired.get(growth) ?? UNKNOWN);
    },
    forget: (growth) => {
      followed.delete(growth);
      retired.delete(growth);
    },
  };
}

function begin(path: ByteString, zoneMinutes: number, nowSeconds: number): Followed {
  const follower = new LogFollower(path, zoneMinutes, nowSeconds);
  return {
    follower,
    kind: 'text',
    askedAt: Number.NEGATIVE_INFINITY,
    journal: UNKNOWN,
    explained: undefined,
  };
}

async function kindOf(path: ByteString, tail: Uint8Array): Promise<Followed['kind']> {
  const head = await readAppended(path, () => 0, 16);
  const packing = packingOf(head?.bytes ?? tail);
  if (packing !== 'plain') return packing === 'journal' ? 'journal' : 'opaque';
  return isText(tail) ? 'text' : 'opaque';
}

/** Control characters that logs do not hold; a NUL may be a hole. */
function isText(bytes: Uint8Array): boolean {
  let odd = 0;
  for (const byte of bytes) if (byte > 0 && byte < 32 && (byte < 9 || byte > 13) && byte !== ESCAPE) odd++;
  return odd * 20 <= bytes.length;
}

const ESCAPE = 27;
