/**
 * What grows together: adds slow growth up through the directories, and finds the deepest ones that explain most of it.
 * Only directories below which something grows now have a node here.
 */
import type { AlarmRules } from './alarm-state.ts';
import { parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { KeptSeries } from '../../model/kept-growth.ts';
import type { FileLook } from '../../system/files/file-look.ts';
import { crowdedGrowths } from './crowds.ts';
import { growthNode } from './growth-node.ts';
import type { GrowthNode } from './growth-node.ts';
import { TreeGrowth } from './tree-growth.ts';
import type { Member } from './tree-growth.ts';

/** A directory explains growth when so much of it is below. */
const MOST_OF_IT = 0.8;
/** So many directories side by side are told apart; of more, what they lie in is the one thing that grows. */
const MOST_APART = 3;
/** Part of the limit down to which a chosen one stays one of several. */
const SLOW_MOMENT = 0.7;
/** Once chosen it is left only for one that explains so much, so as not to hop about; any for several: nobody tells their rest. */
const NEARLY_ALL = 0.92;
/** Files and directories that were seen growing within so many seconds grow. */
const GROWING_SECONDS = 5;
const SAMPLE_SECONDS = 0.2;
/** Beyond so many directories, what grows deeper counts for the directory above. */
const MOST_NODES = 5000;
const FORGET_SECONDS = 30;
/** So many new files a second matter however small they are. */
const FILES_PER_SECOND = 500;

interface Seat {
  readonly member: Member;
  readonly path: ByteString;
  readonly node: GrowthNode;
  counted: number;
  files: number;
}

export interface ForestHooks {
  readonly isInside: (path: ByteString) => boolean;
  readonly directoryBytes: (path: ByteString) => number;
  readonly onForgotten: (tree: TreeGrowth) => void;
}

export class GrowthForest {
  readonly #look: FileLook;
  readonly #hooks: ForestHooks;
  /** Growth that has an alarm of its own is not slow. */
  readonly #rules: Pick<AlarmRules, 'alarmBytesPerSecond'>;
  readonly #nodes = new Map<ByteString, GrowthNode>();
  readonly #seats = new Map<number, Seat>();
  readonly #trees = new Set<TreeGrowth>();
  /** Below zero, where no file or directory has its own. */
  #number = 0;
  #sampledAt = -Infinity;
  #chosen = new Set<GrowthNode>();
  #crowded: ReadonlySet<number> = new Set();

  constructor(look: FileLook, hooks: ForestHooks, rules: Pick<AlarmRules, 'alarmBytesPerSecond'>) {
    this.#look = look;
    this.#hooks = hooks;
    this.#rules = rules;
  }

  trees(): Iterable<TreeGrowth> {
    return this.#trees;
  }

  /** Whether too many like it are beside it for an alarm of its own. */
  isCrowded({ number }: Member): boolean {
    return this.#crowded.has(number);
  }

  /** Whether it is told as part of a directory. */
  isPartOfAlarm({ number }: Member): boolean {
    for (let node = this.#seats.get(number)?.node; node; node = node.parent)
      if (node.tree?.alarm.isAlarm) return true;
    return false;
  }

  forget(number: number): void {
    this.#seats.delete(number);
  }

  /** A tree that a process before this one told: its alarm goes on. */
  restore({ path, bytes, alarm }: KeptSeries, now: number): void {
    const node = this.#nodeOf(path);
    if (node === undefined || !alarm?.isAlarm) return;
    node.total = bytes;
    node.rate.add(now, bytes);
    node.tree = this.#begin(node);
    node.tree?.alarm.restore(alarm, now);
  }

  /** Takes in how far everything has grown; called in every beat. */
  sample(growths: Iterable<Member>, now: number): void {
    if (now - this.#sampledAt < SAMPLE_SECONDS) return;
    this.#sampledAt = now;
    this.#crowded = new Set();
    for (const node of this.#nodes.values()) {
      node.bytesPerSecond = 0;
      node.filesPerSecond = 0;
      node.members = 0;
    }
    const all = [...growths];
    this.#crowded = crowdedGrowths(
      all.filter((one) => !one.alarm.isAlarm && this.#isLoud(one, one.rate.bytesPerSecond(now), now)),
    );
    for (const growth of all) this.#count(growth, now);
    for (const node of this.#nodes.values())
      if (node.grewAt === now) node.rate.add(now, node.total, node.files);
    this.#choose();
    this.#prune(now);
  }

  #count(growth: Member, now: number): void {
    const { rate } = growth;
    const isGrowing = now - rate.roseAt <= GROWING_SECONDS;
    let seat = this.#seats.get(growth.number);
    if (!isGrowing && seat === undefined) return;
    if (seat?.path !== growth.path || this.#nodes.get(seat.node.path) !== seat.node)
      seat = this.#seat(growth, seat);
    if (seat === undefined) return;
    const bytes = growth.grownBytes - seat.counted;
    const files = growth.files - seat.files;
    seat.counted += bytes;
    seat.files += files;
    const bytesPerSecond = rate.bytesPerSecond(now);
    if (!isGrowing || growth.isRotationCopy || this.#isLoud(growth, bytesPerSecond, now)) return;
    const filesPerSecond = growth.what === 'directory' ? rate.filesPerSecond(now) : 0;
    for (let node: GrowthNode | undefined = seat.node; node; node = node.parent) {
      node.total += bytes;
      node.files += files;
      node.bytesPerSecond += bytesPerSecond;
      node.filesPerSecond += filesPerSecond;
      node.members += growth.what === 'directory' ? Math.max(1, Math.min(2, growth.files)) : 1;
      node.grewAt = now;
      // What is above it is asked for what else grows.
      if (node.tree?.alarm.isAlarm) return;
    }
  }

  /** It is told by itself. */
  #isLoud(growth: Member, bytesPerSecond: number, now: number): boolean {
    if (growth.alarm.isAlarm) return true;
    if (this.#crowded.has(growth.number)) return false;
    return (
      bytesPerSecond >= this.#rules.alarmBytesPerSecond && (growth.what === 'file' || growth.isSwarm(now))
    );
  }

  #seat(member: Member, before: Seat | undefined): Seat | undefined {
    const { path } = member;
    const directory = member.what === 'directory' ? path : parentPath(path);
    const node = this.#nodeOf(directory);
    if (node === undefined) return undefined;
    const { counted, files } = before ?? { counted: member.earlierBytes, files: member.earlierFiles };
    const seat = { member, path, node, counted, files };
    this.#seats.set(member.number, seat);
    return seat;
  }

  /** Undefined outside what is watched. */
  #nodeOf(path: ByteString): GrowthNode | undefined {
    const known = this.#nodes.get(path);
    if (known || !this.#hooks.isInside(path)) return known;
    const parent = path === '/' ? undefined : this.#nodeOf(parentPath(path));
    if (parent !== undefined && this.#nodes.size >= MOST_NODES) return parent;
    const node = growthNode(path, parent, this.#sampledAt);
    this.#nodes.set(path, node);
    return node;
  }

  #choose(): void {
    const chosen = new Set<GrowthNode>();
    for (const node of this.#nodes.values())
      if (node.parent === undefined && this.#isMuch(node)) this.#descend(node, chosen);
    this.#chosen = chosen;
    for (const node of chosen) node.tree ??= this.#begin(node);
    for (const node of this.#nodes.values()) {
      const { tree } = node;
      if (tree === undefined) continue;
      tree.bytesPerSecond = node.bytesPerSecond;
      tree.filesPerSecond = node.filesPerSecond;
      tree.grownBytes = Math.max(0, node.total);
      if (tree.alarm.isAlarm || chosen.has(node)) continue;
      node.tree = undefined;
      this.#trees.delete(tree);
      this.#hooks.onForgotten(tree);
    }
  }

  #isMuch({ bytesPerSecond, filesPerSecond }: GrowthNode, part = 1): boolean {
    return (
      bytesPerSecond >= this.#rules.alarmBytesPerSecond * part || filesPerSecond >= FILES_PER_SECOND * part
    );
  }

  /** The deepest directories that together explain most of what grows below this one. */
  #descend(node: GrowthNode, chosen: Set<GrowthNode>): void {
    if (node.tree?.alarm.isAlarm) return;
    const enough = node.bytesPerSecond * (this.#chosen.has(node) ? NEARLY_ALL : MOST_OF_IT);
    const children = [...node.children].filter(({ members, tree }) => members > 1 && !tree?.alarm.isAlarm);
    // One that is about to be told does not cease to be for a slow moment.
    const much = children.filter((child) => this.#isMuch(child, this.#chosen.has(child) ? SLOW_MOMENT : 1));
    if (much.length > 1 && much.length <= MOST_APART && sumOf(much) >= node.bytesPerSecond * NEARLY_ALL) {
      for (const child of much) this.#descend(child, chosen);
      return;
    }
    const most = children.toSorted((a, b) => b.bytesPerSecond - a.bytesPerSecond)[0];
    if (most !== undefined && most.bytesPerSecond >= enough && enough > 0) this.#descend(most, chosen);
    else if (node.members > 1) chosen.add(node);
  }

  #begin(node: GrowthNode): TreeGrowth | undefined {
    const look = this.#look.entry(node.path);
    if (!look) return undefined;
    const { path, rate } = node;
    const at = { number: --this.#number, path, id: look.id, rate };
    const tree = new TreeGrowth(at, this.#hooks.directoryBytes(path), () => this.#membersOf(node));
    this.#trees.add(tree);
    return tree;
  }

  #membersOf(node: GrowthNode): Member[] {
    const members: Member[] = [];
    for (const seat of this.#seats.values()) {
      const { member } = seat;
      if (member.alarm.isAlarm || this.#sampledAt - member.rate.roseAt > GROWING_SECONDS) continue;
      let above: GrowthNode | undefined = seat.node;
      while (above !== undefined && above !== node) above = above.parent;
      if (above === node) members.push(member);
    }
    return members;
  }

  #prune(now: number): void {
    for (const [path, node] of this.#nodes) {
      if (node.children.size > 0 || node.tree !== undefined || now - node.grewAt < FORGET_SECONDS) continue;
      node.parent?.children.delete(node);
      this.#nodes.delete(path);
    }
  }
}

function sumOf(nodes: readonly GrowthNode[]): number {
  return nodes.reduce((sum, { bytesPerSecond }) => sum + bytesPerSecond, 0);
}
