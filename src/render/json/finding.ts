/** A finding as JSON: values for programs, with the sentences a person reads beside them. */
import { isText, toBuffer, toText } from '../../model/byte-string.ts';
import type { Finding } from '../../model/finding.ts';
import type { LogReport } from '../../model/log-report.ts';
import { saidOf } from '../words/said-of.ts';
import { factsJson } from './facts.ts';
import { logFileJson } from './log.ts';
import { refusalJson, remedyJson } from './remedy.ts';

/** @param nowSeconds since 1970: what the ages in sentences count from. */
export function findingJson(finding: Finding, nowSeconds: number): object {
  const { rule, diskBytes, claimedBytes, freeableBytes, paths, risk, urgent, remedies, refusals, ...facts } =
    finding;
  const { title, evidence, advice } = saidOf(finding, nowSeconds);
  const [first] = remedies;
  return {
    rule,
    title,
    diskBytes,
    claimedBytes,
    freeableBytes,
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
  };
}

/** What a log says is text already, and has a form of its own. */
function ruleFactsJson(facts: object): Record<string, unknown> {
  if (!('log' in facts)) return factsJson(facts);
  const { log, ...others } = facts;
  return { log: logFileJson(log as LogReport), ...factsJson(others) };
}
