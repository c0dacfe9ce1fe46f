/** What a rule is: it looks at the facts, claims the bytes it can explain, and says what to do about them. */
import type { Proposal, RuleName } from '../../model/finding.ts';
import type { Facts } from '../facts.ts';
import type { Claims } from './claims.ts';

export interface Rule {
  /** As in `Finding.rule`. */
  readonly name: RuleName;
  /** What is worth a person's time, or nothing. Claims what it explains, so that no later rule explains it again. */
  readonly find: (facts: Facts, claims: Claims) => readonly Proposal[] | Promise<readonly Proposal[]>;
}
