/** All rules, in the order in which they claim: the more certain and the more specific first, what is left and large last. */
import type { Finding } from '../../model/finding.ts';
import type { Facts } from '../facts.ts';
import { Claims } from './claims.ts';
import { deletedOpen } from './deleted-open.ts';
import { hiddenUnderMount } from './hidden-under-mount.ts';
import type { Rule } from './rule.ts';

/** Adding a rule is its file and a line here. */
const rules: readonly Rule[] = [deletedOpen, hiddenUnderMount];

/** What the rules find, by the bytes each explains, the most first; those that only inform come last. */
export async function findFindings(facts: Facts): Promise<Finding[]> {
  const claims = new Claims(facts.scan);
  const findings: Finding[] = [];
  for (const rule of rules) findings.push(...(await rule.find(facts, claims)));
  return findings.toSorted((a, b) => b.claimedBytes - a.claimedBytes);
}
