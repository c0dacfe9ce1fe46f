/** Build trees: where, of projects that changed when. */
import { ageText } from '../../../model/age.ts';
import { baseName } from '../../../model/byte-string.ts';
import type { Refusal } from '../../../model/action.ts';
import type { BuildTreesFacts } from '../../../model/findings/build-trees.ts';
import { sizeText } from '../../../model/size.ts';
import { refusalText } from '../actions.ts';
import { countOf, quoted } from '../phrases.ts';
import { placeAdvice } from '../place-advice.ts';
import type { FindingWords } from './finding-words.ts';

const MOST_NAMED = 3;

export const buildTreesWords: FindingWords<'build-trees'> = {
  title: ({ trees }) => {
    const names = new Set(trees.map(({ path }) => baseName(path)));
    const [name] = names;
    const what = names.size === 1 ? quoted(name) : 'build trees';
    return trees.length === 1 ? what : `${trees.length} ${what}`;
  },
  evidence: ({ trees, staysBytes }, nowSeconds) => [
    treeText(trees[0], nowSeconds),
    ...(staysBytes > 0
      ? [`${sizeText(staysBytes)} of it stays when it is deleted: hard links elsewhere, or files held open`]
      : []),
    ...trees.slice(1, MOST_NAMED).map((tree) => treeText(tree, nowSeconds)),
  ],
  advice: ({ idle, idleBytes, idleDays, advice, refusals }) => {
    const used = refusals.find(({ reason }) => IN_USE.has(reason));
    if (used !== undefined) return `leave it where it is: ${refusalText(used)}`;
    return idle === 0
      ? `every project changed within ${idleDays} days; ${placeAdvice(advice)}`
      : `${sizeText(idleBytes)} in ${countOf(idle, 'project')} that nobody changed for ${idleDays} days: ${placeAdvice(advice)}`;
  },
};

const IN_USE: ReadonlySet<Refusal['reason']> = new Set([
  'held',
  'runs-from-it',
  'named-in-configuration',
  'linked-to',
]);

function treeText(
  { path, diskBytes, projectChangedAt }: BuildTreesFacts['trees'][number],
  nowSeconds: number,
): string {
  return `${sizeText(diskBytes)} in ${quoted(path)}, whose project last changed ${ageText(nowSeconds - projectChangedAt)} ago`;
}
