/** What the sentences of a finding are made by: a rule's words are a file beside this one. */
import type { FindingOf, RuleName } from '../../../model/finding.ts';

/** The sentences of one rule, made from values alone: a better wording can change no figure. No full stops. */
export interface FindingWords<Rule extends RuleName> {
  /** What it is, in a few words. */
  readonly title: (finding: FindingOf<Rule>) => string;
  /** Sentences a person can check, the most telling first. @param nowSeconds since 1970: what ages count from. */
  readonly evidence: (finding: FindingOf<Rule>, nowSeconds: number) => string[];
  /** What to do, as a person would say it; commands stand beside it. */
  readonly advice: (finding: FindingOf<Rule>) => string;
}
