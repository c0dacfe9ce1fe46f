/** The plan of `diskwhy free SIZE` on a terminal: what gives how much, what it costs, and what a person would have to decide. */
import type { Remedy, Risk } from '../../../model/action.ts';
import type { FreeDecision, FreePlan, PlannedStep } from '../../../model/free-plan.ts';
import type { Finding } from '../../../model/finding.ts';
import { lossText } from '../../words/actions.ts';
import { decisionText } from '../../words/free.ts';
import { countOf } from '../../words/phrases.ts';
import { saidOf } from '../../words/said-of.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import { screenRows } from '../../terminal/screen-rows.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatSize } from '../../terminal/size.ts';
import { cutMiddle, textWidth } from '../../terminal/text-width.ts';
import { wrapCommand, wrapWords } from '../../terminal/wrap.ts';

/**
 * The steps whole; of what a person would have to decide what fits, the largest first, and how much more there is.
 * @param nowSeconds since 1970: what ages count from. @param rows that may be filled.
 */
export function freeLines(plan: FreePlan, nowSeconds: number, screen: Screen, rows = Infinity): string[] {
  const { style } = screen;
  const width = screen.width;
  const lines = [
    ...wrapWords('', heading(plan, screen), width).map(style.bold),
    ...plan.steps.flatMap((step, index) => stepLines(step, index + 1, plan, nowSeconds, screen)),
  ];
  if (!plan.isEnough) {
    const missing = formatSize(plan.wantedBytes - plan.plannedBytes, screen.sizes);
    lines.push(
      '',
      ...wrapWords('', `NOT ENOUGH: ${missing} more cannot be had without a decision`, width).map(style.bad),
    );
  }
  if (plan.isEnough) return lines;
  const left = rows - screenRows(lines, width);
  return [...lines, ...decisionsThatFit(plan, nowSeconds, screen, left)];
}

function decisionsThatFit(plan: FreePlan, nowSeconds: number, screen: Screen, rows: number): string[] {
  const shown = plan.decisions.slice(0, screen.top);
  const lines = shown.map((one) => decisionLines(one, plan, nowSeconds, screen));
  const fits = (count: number): boolean => {
    const more = count < plan.decisions.length ? 1 : 0;
    return screenRows(lines.slice(0, count).flat(), screen.width) + more <= rows;
  };
  let count = shown.length;
  while (count > 1 && !fits(count)) count--;
  const rest = plan.decisions.slice(count);
  return [...lines.slice(0, count).flat(), ...restLines(rest, screen)];
}

function restLines(rest: readonly FreeDecision[], { sizes, style, width }: Screen): string[] {
  if (rest.length === 0) return [];
  const bytes = rest.reduce((sum, { finding }) => sum + finding.claimedBytes, 0);
  const text = `and ${countOf(rest.length, 'finding')} more: ${formatSize(bytes, sizes)}; all of them: --top 0`;
  return wrapWords('    ', text, width).map(style.dim);
}

function heading(
  { mountPoint, wantedBytes, availableBytes, plannedBytes, steps }: FreePlan,
  screen: Screen,
): string {
  const size = (bytes: number): string => formatSize(bytes, screen.sizes);
  const wanted = `${displayName(mountPoint)}: ${size(availableBytes)} free, ${size(wantedBytes)} more wanted`;
  if (steps.length === 0) return `${wanted}; no step gives any`;
  const count = steps.length === 1 ? '1 step gives' : `${steps.length} steps give`;
  return `${wanted}; ${count} ${size(plannedBytes)}`;
}

function stepLines(
  { finding, remedy, bytes, certainty, risk }: PlannedStep,
  number: number,
  plan: FreePlan,
  nowSeconds: number,
  screen: Screen,
): string[] {
  const { style } = screen;
  const width = screen.width;
  const digits = String(plan.steps.length).length + 1;
  const figure = `${certainty === 'exact' ? '' : '≥ '}${formatSize(bytes, screen.sizes)}`;
  const head = `${String(number).padStart(digits)}  ${figure.padStart(FIGURE)}  ${RISK_WORDS[risk].padEnd(6)}  `;
  const indent = ' '.repeat(textWidth(head));
  return [
    titleLine(head, finding, nowSeconds, screen),
    ...commandLines(indent, remedy, width).map(style.good),
    ...wrapWords(indent, lossText(remedy.action.loses), width).map(style.dim),
  ];
}

const FIGURE = 11;
const RISK_WORDS: Readonly<Record<Risk, string>> = { safe: 'safe', review: 'review', never: 'never' };

function titleLine(head: string, finding: Finding, nowSeconds: number, screen: Screen): string {
  const title = escapeText(saidOf(finding, nowSeconds).title);
  const start = `${head}${title}`;
  const [path] = finding.paths;
  const room = screen.width - textWidth(start) - 2;
  if (path === undefined || room < LEAST_PATH) return start;
  return `${start}  ${cutMiddle(displayName(path), room)}`;
}

const LEAST_PATH = 12;

function commandLines(indent: string, { line }: Remedy, width: number): string[] {
  return line === undefined ? [] : wrapCommand(indent, line, width);
}

function decisionLines(decision: FreeDecision, plan: FreePlan, nowSeconds: number, screen: Screen): string[] {
  const { finding } = decision;
  const width = screen.width;
  const digits = String(plan.steps.length).length + 1;
  const head = `${'·'.padStart(digits)}  ${formatSize(finding.claimedBytes, screen.sizes).padStart(FIGURE)}  `;
  const indent = ' '.repeat(textWidth(head));
  const shown = finding.remedies.find(({ line }) => line !== undefined);
  return [
    titleLine(head, finding, nowSeconds, screen),
    ...wrapWords(indent, escapeText(decisionText(decision, nowSeconds)), width).map(screen.style.dim),
    ...(shown === undefined ? [] : commandLines(indent, shown, width)),
  ];
}
