/**
 * Line → template: a fixed-depth tree in the manner of Drain (token count, then the first two constant tokens, then the
 * most similar template of the leaf), over token hashes. Holds at most `maxTemplates`; the longest unseen are forgotten.
 */
import { wordHash } from '../lines/byte-kinds.ts';
import { type LineTokens, valueHash } from '../lines/line-tokens.ts';
import { ShapeCache } from './shape-cache.ts';
import { type Region, Template } from './template.ts';

const similarEnough = 0.6;
const maxChildren = 64;
/** After so many forgotten templates hardly any line comes twice: then only one unknown line in 64 is followed. */
const hopeless = 4000;
/** A leaf with more templates than this takes what is half as similar, and only its newest are compared. */
const crowdedLeaf = 64;

/** Words that are never a value: "check ok" and "check failed", INFO and ERROR are different templates. */
const telling = new Set(
  'debug info notice warn warning error err fatal crit critical emerg alert severe trace log ok failed fail failure success succeeded refused denied timeout started stopped starting stopping exited spawned up down true false opened closed accepted rejected'
    .split(' ')
    .flatMap((word) => [word, word.toUpperCase(), word[0].toUpperCase() + word.slice(1)])
    .map(wordHash),
);

/** An inner node (branches by word) or a leaf (templates). */
interface Node {
  readonly branches: Map<number, Node>;
  readonly templates: Template[];
}

/** The branch that words share once a node has `maxChildren` others: no word hashes to it, hashes are 32 bit. */
const anyWord = 2 ** 33;

export class TemplateTree {
  readonly #maxTemplates: number;
  readonly #shapes = new ShapeCache();
  readonly #bySerial = new Map<number, Template>();
  #root = newNode();
  #nextSerial = 0;
  #unmatched = 0;
  /** Templates forgotten so far, and the lines they had gathered. */
  forgotten = 0;
  forgottenLines = 0;

  constructor(maxTemplates: number) {
    this.#maxTemplates = maxTemplates;
  }

  /** Templates now held. */
  get templates(): Template[] {
    return [...this.#bySerial.values()];
  }

  bySerial(serial: number): Template | undefined {
    return this.#bySerial.get(serial);
  }

  /** The template of the line whose tokens were cut from bytes at `at`; made when there is none, null where that is hopeless. */
  match(tokens: LineTokens, bytes: Uint8Array, at: Region): Template | null {
    const known = this.#bySerial.get(this.#shapes.get(tokens.shapeA, tokens.shapeB));
    if (known !== undefined && known.tokens.length === tokens.count) return known;
    const leaf = this.#leafOf(tokens.masked, tokens.count);
    let found = mostSimilar(leaf.templates, tokens);
    if (found === null) {
      if (this.forgotten > hopeless && ++this.#unmatched % 64 !== 0) return null;
      if (this.#bySerial.size >= this.#maxTemplates) this.#forget();
      found = new Template(this.#nextSerial++, tokens, bytes, at);
      this.#bySerial.set(found.serial, found);
      leaf.templates.push(found);
    } else found.widen(tokens);
    this.#shapes.set(tokens.shapeA, tokens.shapeB, found.serial);
    return found;
  }

  #leafOf(masked: Int32Array, count: number): Node {
    const root = this.#root;
    let node = root.branches.get(count);
    if (node === undefined) root.branches.set(count, (node = newNode()));
    if (count > 0) node = branch(node, masked[0]);
    return count > 1 ? branch(node, masked[1]) : node;
  }

  /** Drops the quarter that was not seen for longest, and grows the tree anew from the rest. */
  #forget(): void {
    const oldestFirst = this.templates.toSorted((a, b) => a.lastRecord - b.lastRecord);
    for (const template of oldestFirst.slice(0, Math.ceil(this.#maxTemplates / 4))) {
      this.#bySerial.delete(template.serial);
      this.forgotten++;
      this.forgottenLines += template.lines;
    }
    this.#shapes.clear();
    this.#root = newNode();
    for (const template of this.#bySerial.values())
      this.#leafOf(template.tokens, template.tokens.length).templates.push(template);
  }
}

function newNode(): Node {
  return { branches: new Map(), templates: [] };
}

function branch(node: Node, word: number): Node {
  const { branches } = node;
  const known = branches.get(word);
  if (known !== undefined) return known;
  const key = branches.size >= maxChildren && word !== valueHash ? anyWord : word;
  let next = branches.get(key);
  if (next === undefined) branches.set(key, (next = newNode()));
  return next;
}

function mostSimilar(templates: readonly Template[], tokens: LineTokens): Template | null {
  let best: Template | null = null;
  let bestScore = templates.length > crowdedLeaf ? similarEnough / 2 : similarEnough;
  const oldest = Math.max(0, templates.length - 2 * crowdedLeaf);
  for (let index = templates.length - 1; index >= oldest; index--) {
    const candidate = templates[index];
    const score = similarity(candidate.tokens, tokens, bestScore);
    if (
      score < bestScore ||
      (score === bestScore && best !== null) ||
      tellsOtherwise(candidate.tokens, tokens)
    )
      continue;
    best = candidate;
    bestScore = score;
    if (score === 1) break;
  }
  return best;
}

/**
 * Share of equal positions, 0 where it cannot reach `least`. Keys hardly count, equal values count half: they say little.
 */
function similarity(ours: Int32Array, line: LineTokens, least: number): number {
  if (ours.length !== line.count) return 0;
  const tolerated = (1 - least) * ours.length;
  const { masked, key } = line;
  let equal = 0;
  let different = 0;
  for (let index = 0; index < ours.length; index++) {
    const counts = key[index] === 1 ? 0.1 : ours[index] === valueHash ? 0.5 : 1;
    if (ours[index] === masked[index]) equal += counts;
    else if ((different += counts) > tolerated) return 0;
  }
  return ours.length === 0 ? 1 : equal / (equal + different);
}

/** Whether a telling word stands where the other has something else. */
function tellsOtherwise(ours: Int32Array, { masked }: LineTokens): boolean {
  for (let index = 0; index < ours.length; index++)
    if (ours[index] !== masked[index] && (telling.has(ours[index]) || telling.has(masked[index])))
      return true;
  return false;
}
