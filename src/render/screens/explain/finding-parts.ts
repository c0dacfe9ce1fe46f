/** What is printed of one finding, in parts: a screen takes those it has room for, and each is whole. */
import type { Remedy } from '../../../model/action.ts';
import type { Finding } from '../../../model/finding.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatSize } from '../../terminal/size.ts';
import { cutMiddle, textWidth } from '../../terminal/text-width.ts';
import { wrapCommand, wrapWords } from '../../terminal/wrap.ts';
import { costText, missingText } from '../../words/actions.ts';
import { saidOf } from '../../words/said-of.ts';
import type { SaidOfFinding } from '../../words/said-of.ts';

/** Lines each. */
export interface FindingParts {
  /** Its rank, size, title and first place. */
  readonly head: readonly string[];
  /** One sentence each, the most telling first. */
  readonly evidence: readonly (readonly string[])[];
  /** What to do, as a sentence. */
  readonly advice: readonly string[];
  /** What to type; empty where it is for people to decide. */
  readonly command: readonly string[];
  /** What that gives and costs. */
  readonly cost: readonly string[];
}

/** A path in less room than this goes below its title. */
const LEAST_PATH = 24;

/** In the order given: their columns are aligned. */
export function findingParts(
  findings: readonly Finding[],
  nowSeconds: number,
  screen: Screen,
): FindingParts[] {
  const said = findings.map((finding) => saidOf(finding, nowSeconds));
  const figures = findings.map((finding) => sizeOfFinding(finding, screen));
  const sizeWidth = Math.max(0, ...figures.map(textWidth));
  const titleWidth = Math.max(0, ...said.map(({ title }) => textWidth(title)));
  const rankWidth = String(findings.length).length + 1;
  return findings.map((finding, index) => {
    const rank = String(index + 1).padStart(rankWidth);
    const start = `${rank}  ${figures[index].padStart(sizeWidth)}  `;
    return partsOf(finding, said[index], start, titleWidth, screen);
  });
}

/** What the finding explains; nothing where it only informs. */
function sizeOfFinding({ claimedBytes }: Finding, { sizes }: Screen): string {
  return claimedBytes > 0 ? formatSize(claimedBytes, sizes) : '–';
}

function partsOf(
  finding: Finding,
  said: SaidOfFinding,
  start: string,
  titleWidth: number,
  screen: Screen,
): FindingParts {
  const { style, width } = screen;
  const indent = ' '.repeat(start.length);
  const [first] = finding.remedies;
  const line = first?.line;
  const cost = line === undefined ? '' : costText(first.action);
  return {
    head: headLines(finding, said.title, start, titleWidth, screen),
    evidence: said.evidence.map((sentence) => wrapWords(indent, escapeText(sentence), width)),
    advice: wrapWords(`${indent}→ `, escapeText(said.advice), width),
    command: first === undefined ? [] : commandLines(first, `${indent}  `, screen),
    cost: cost === '' ? [] : wrapWords(`${indent}  `, cost, width).map(style.dim),
  };
}

/** What is pasted for nothing where its program is not there says so. */
function commandLines(remedy: Remedy, indent: string, { style, width }: Screen): string[] {
  if (remedy.line === undefined) return [];
  const missing = missingText(remedy);
  return [
    ...wrapCommand(indent, remedy.line, width).map(style.good),
    ...(missing === '' ? [] : wrapWords(indent, escapeText(missing), width).map(style.warning)),
  ];
}

function headLines(
  { paths, diskBytes, claimedBytes }: Finding,
  title: string,
  start: string,
  titleWidth: number,
  { width, sizes, style }: Screen,
): string[] {
  const of = claimedBytes > 0 && claimedBytes < diskBytes ? ` of ${formatSize(diskBytes, sizes)}` : '';
  const where =
    paths.length === 0 ? '' : displayName(paths[0]) + (paths.length > 1 ? `, ${paths.length - 1} more` : '');
  const room = width - start.length - titleWidth - 2;
  if (where === '' || room < Math.min(LEAST_PATH, textWidth(where))) {
    const below = where === '' ? [] : [' '.repeat(start.length) + cutMiddle(where, width - start.length)];
    return [start + style.bold(title + of), ...below];
  }
  const padding = ' '.repeat(Math.max(0, titleWidth - textWidth(title)) + 2);
  return [start + style.bold(title) + padding + cutMiddle(where, room)];
}
