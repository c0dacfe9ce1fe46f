/** All rules, in the order in which they claim: the more certain and the more specific first, what is left and large last. */
import type { Finding } from '../../model/finding.ts';
import type { Facts } from '../facts.ts';
import { Claims } from './claims.ts';
import { deletedOpen } from './deleted-open.ts';
import { hiddenUnderMount } from './hidden-under-mount.ts';
import type { Rule } from './rule.ts';

/** Adding a rule is its file and a line here. */
const rules: readonly Rule[] = [deletedOpen, hiddenUnderMount];

/** What the rules find: what is urgent first, then by the bytes each explains; those that only inform come last. */
export async function findFindings(facts: Facts): Promise<Finding[]> {
  const claims = new Claims(facts.scan);
  const findings: Finding[] = [];
  for (const rule of rules) findings.push(...(await rule.find(facts, claims)));
  return findings.toSorted(
    (a, b) =>
      Number(b.urgent ?? false) - Number(a.urgent ?? false) ||
      b.claimedBytes - a.claimedBytes ||
      b.diskBytes - a.diskBytes,
  );
}
