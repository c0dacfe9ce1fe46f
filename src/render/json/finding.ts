/** A finding as JSON: values for programs, with the sentences a person reads beside them. */
import { isText, toBuffer, toText } from '../../model/byte-string.ts';
import type { Risk } from '../../model/action.ts';
import type { CompressionUsage } from '../../model/btrfs-usage.ts';
import type { Finding } from '../../model/finding.ts';
import type { RuleFacts } from '../../model/findings/rule-facts.ts';
import type { LogReport } from '../../model/log-report.ts';
import { saidOf } from '../words/said-of.ts';
import { factsJson } from './facts.ts';
import type { FactsJson } from './facts.ts';
import { logFileJson } from './log.ts';
import { refusalJson, remedyJson } from './remedy.ts';
import type { RefusalJson, RemedyJson } from './remedy.ts';

/** What a finding says, whatever its rule. */
interface Said {
  readonly title: string;
  /** Bytes on disk of what it is about. */
  readonly diskBytes: number;
  /** The part of them that no finding before this one explains: these add up. */
  readonly claimedBytes: number;
  /** What comes back if the first action that frees anything is carried out. */
  readonly freeableBytes: number;
  /** Counted several times, because files share extents; taken off `claimedBytes`. 0 where nothing was. */
  readonly sharedBytes: number;
  /** Bytes of its large files that snapshots or copies have as well: they stay when it is deleted. */
  readonly elsewhereBytes: number;
  /** What compression saves of the rest of its large files, at most: it is not on disk, and does not come back. */
  readonly savedBytes: number;
  /** How it is written on btrfs, as compsize counts; null where that was not asked for, or none of it is compressed. */
  readonly compression: readonly CompressionUsage[] | null;
  /** Of what lies there. */
  readonly risk: Risk;
  /** Something fails now because of it. */
  readonly urgent: boolean;
  /** Where, the largest first. */
  readonly paths: readonly string[];
  /** The bytes of all paths, only where one of them is no UTF-8. */
  readonly pathsBase64?: readonly string[];
  /** Sentences that say what `facts` holds. */
  readonly evidence: readonly string[];
  /** The advice, and the line of the first action to paste. */
  readonly remedy: { readonly text: string; readonly command: string | null };
  /** What can be done, the best first. */
  readonly actions: readonly RemedyJson[];
  /** What was kept back, and why. */
  readonly refused: readonly RefusalJson[];
  /** All of it in sentences. */
  readonly text: string;
}

/** The facts of each rule beside its name. */
type RuleJson<Facts> = Facts extends { readonly rule: infer Rule }
  ? { readonly rule: Rule; readonly facts: RuleFactsJson<Omit<Facts, 'rule'>> }
  : never;

/** What a log says is text already, and has a form of its own. */
type RuleFactsJson<Facts> = Facts extends { readonly log: LogReport }
  ? FactsJson<Omit<Facts, 'log'>> & { readonly log: ReturnType<typeof logFileJson> }
  : FactsJson<Facts>;

export type FindingJson = Said & RuleJson<RuleFacts>;

/** @param nowSeconds since 1970: what the ages in sentences count from. */
export function findingJson(finding: Finding, nowSeconds: number): FindingJson {
  const { rule, diskBytes, claimedBytes, freeableBytes, sharedBytes, elsewhereBytes, ...others } = finding;
  const { savedBytes, compression, paths, risk, urgent, remedies, refusals, ...facts } = others;
  const { title, evidence, advice } = saidOf(finding, nowSeconds);
  const [first] = remedies;
  return {
    rule,
    title,
    diskBytes,
    claimedBytes,
    freeableBytes,
    sharedBytes: sharedBytes ?? 0,
    elsewhereBytes: elsewhereBytes ?? 0,
    savedBytes: savedBytes ?? 0,
    compression: compression ?? null,
    risk,
    urgent: urgent ?? false,
    paths: paths.map(toText),
    // Beside the texts, where one of them does not lead back to its file.
    ...(paths.every(isText) ? {} : { pathsBase64: paths.map((path) => toBuffer(path).toString('base64')) }),
    facts: ruleFactsJson(facts),
    evidence,
    remedy: { text: advice, command: first?.line ?? null },
    actions: remedies.map(remedyJson),
    refused: refusals.map(refusalJson),
    text: [title, ...evidence, advice].join('. '),
  } as FindingJson;
}

function ruleFactsJson(facts: object): object {
  if (!('log' in facts)) return factsJson(facts);
  const { log, ...others } = facts;
  return { log: logFileJson(log as LogReport), ...factsJson(others) };
}
