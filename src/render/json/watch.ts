/** The NDJSON of `diskwhy watch`, schema diskwhy/watch@2: one object per event, with values and the sentences people get. */
import { toText } from '../../model/byte-string.ts';
import type {
  FilesystemOutlook,
  GrowthClue,
  GrowthState,
  WatchEvent,
  Writer,
  WritersHidden,
} from '../../model/watch-event.ts';
import type { WriterOrigin } from '../../model/writer-origin.ts';
import { capText } from '../words/growth-caps.ts';
import { clueText, noticeMessage } from '../words/watch-notices.ts';
import { hiddenText, originText } from '../words/writers.ts';
import type { ConditionEvent } from './condition.ts';
import { judgementJson } from './log.ts';
import { pathJson } from './path.ts';
import { refusalJson, remedyJson } from './remedy.ts';

/** A plain object for JSON.stringify; `type` and `at` come first. */
export function watchEventJson(event: WatchEvent | ConditionEvent) {
  const head = {
    at: new Date(event.at * 1000).toISOString(),
    schema: 'diskwhy/watch@2' as const,
  };
  switch (event.type) {
    case 'ready': {
      const { directories, files, watched, sources, sweepSeconds } = event;
      return {
        type: event.type,
        ...head,
        directories,
        files,
        watched,
        sources,
        sweepSeconds: round(sweepSeconds),
      };
    }
    case 'condition':
      return { type: event.type, ...head, ...event.judged };
    case 'notice': {
      const path = event.path === undefined ? {} : pathJson(event.path);
      return {
        type: event.type,
        ...head,
        ...path,
        notice: event.notice,
        message: noticeMessage(event.notice),
      };
    }
    case 'unexplained-growth': {
      const { grownBytes, explainedBytes, bytesPerSecond, clues, filesystem } = event;
      return {
        type: event.type,
        ...head,
        grownBytes,
        explainedBytes,
        bytesPerSecond: Math.round(bytesPerSecond),
        clues: clues.map(clueJson),
        evidence: clues.map((clue) => clueText(clue, filesystem.mountPoint, { exact: true })),
        filesystem: outlookJson(filesystem),
      };
    }
    case 'summary': {
      const { alarms, seconds, grownBytes, explainedBytes, top } = event;
      return {
        type: event.type,
        ...head,
        alarms,
        seconds: round(seconds),
        grownBytes,
        explainedBytes,
        top: top.map(stateJson),
      };
    }
    case 'nearly-full':
    case 'full':
    case 'freed': {
      const { filesystem, atStart, quota, filledBy } = event;
      return {
        type: event.type,
        ...head,
        atStart,
        filesystem: outlookJson(filesystem),
        quota:
          quota === undefined
            ? null
            : { ...quota, name: quota.name === undefined ? null : toText(quota.name) },
        filledBy: filledBy.map(stateJson),
      };
    }
    case 'pool-nearly-full':
    case 'pool-full':
    case 'pool-freed': {
      const { type, filesystem, atStart, pool } = event;
      const told = { ...pool, name: toText(pool.name) };
      return { type, ...head, atStart, filesystem: outlookJson(filesystem), pool: told };
    }
    case 'read-only':
    case 'writable': {
      const { type, filesystem, atStart, isShutDown } = event;
      return { type, ...head, atStart, filesystem: outlookJson(filesystem), isShutDown };
    }
    default:
      return {
        type: event.type,
        ...head,
        ...stateJson(event),
        ...(event.from === undefined ? {} : { from: pathJson(event.from) }),
      };
  }
}

function stateJson(state: GrowthState) {
  return {
    ...pathJson(state.path),
    what: state.what,
    diskBytes: state.diskBytes,
    apparentBytes: state.apparentBytes,
    grownBytes: state.grownBytes,
    bytesPerSecond: Math.round(state.bytesPerSecond),
    ...(state.what === 'file' ? {} : { filesPerSecond: round(state.filesPerSecond) }),
    ...(state.together === undefined
      ? {}
      : { together: { ...state.together, form: state.together.form ?? null } }),
    sinceSeconds: round(state.sinceSeconds),
    ...judgementJson(state.judgement),
    writers: state.writers.map(writerJson),
    ...hiddenJson(state.writersHidden),
    filesystem: outlookJson(state.filesystem),
    actions: state.remedies.map(remedyJson),
    refused: state.refusals.map(refusalJson),
  };
}

function hiddenJson(hidden: WritersHidden | undefined) {
  return {
    writersHidden: hidden === undefined ? null : hiddenText(hidden),
    hiddenWriters: hidden ?? null,
  };
}

/** `pid` is null for who is known by the path only. */
function writerJson(writer: Writer) {
  return {
    ...processJson(writer),
    confidence: writer.confidence,
    ...(writer.share === undefined ? {} : { share: round(writer.share) }),
    behind: writer.behind === undefined ? null : originText(writer.behind),
    origin: originJson(writer.behind),
    respawns: writer.respawns,
    residentBytes: writer.residentBytes,
    sharedBytes: writer.sharedBytes,
    virtualBytes: writer.virtualBytes,
  };
}

type Named = Pick<Writer, 'pid' | 'command' | 'commandLine' | 'unit' | 'container'>;

type ProcessJson = ReturnType<typeof processJson>;

function processJson({ pid, command, commandLine, unit, container }: Named) {
  return {
    pid: pid === 0 ? null : pid,
    command: toText(command),
    commandLine: commandLine.map(toText),
    unit: unit ?? null,
    container: container ?? null,
  };
}

/** Who stands behind a writer; null where nobody is known. */
type OriginJson =
  | { readonly kind: 'process'; readonly process: ProcessJson }
  | ShortLivedJson
  | { readonly kind: 'speaker'; readonly name: string; readonly share: number }
  | { readonly kind: 'container'; readonly name: string; readonly restarts: number | null }
  | { readonly kind: 'program'; readonly name: string; readonly process: ProcessJson | null }
  | { readonly kind: 'app' | 'service'; readonly name: string };

interface ShortLivedJson {
  readonly kind: 'short-lived';
  readonly command: string;
  readonly starts: number;
  readonly starter: OriginJson | null;
}

function originJson(origin: WriterOrigin | undefined): OriginJson | null {
  switch (origin?.kind) {
    case undefined:
      return null;
    case 'process':
      return { kind: origin.kind, process: processJson(origin.process) };
    case 'short-lived': {
      const { kind, command, starts, starter } = origin;
      return { kind, command: toText(command), starts, starter: originJson(starter) };
    }
    case 'speaker':
      return { kind: origin.kind, name: toText(origin.name), share: round(origin.share) };
    case 'container':
      return { kind: origin.kind, name: toText(origin.name), restarts: origin.restarts };
    case 'program': {
      const { kind, name, process } = origin;
      return { kind, name: toText(name), process: process === undefined ? null : processJson(process) };
    }
    case 'app':
    case 'service':
      return { kind: origin.kind, name: toText(origin.name) };
  }
}

function clueJson(clue: GrowthClue) {
  switch (clue.kind) {
    case 'outside-file':
      return { kind: clue.kind, ...pathJson(clue.path), bytesPerSecond: Math.round(clue.bytesPerSecond) };
    case 'elsewhere':
      return { kind: clue.kind, watched: toText(clue.watched) };
    case 'still-searching':
    case 'hidden-processes':
      return clue;
  }
}

/** `fullInSeconds` is the soonest, null where it is not filling. */
function outlookJson(outlook: FilesystemOutlook) {
  const { fullInSeconds, inodesFullInSeconds } = outlook;
  return {
    mountPoint: toText(outlook.mountPoint),
    state: outlook.state,
    availableBytes: outlook.availableBytes,
    fillingBytesPerSecond: Math.round(outlook.fillingBytesPerSecond),
    fullInSeconds: fullInSeconds === undefined ? null : Math.round(fullInSeconds.soonest),
    fullInSecondsLatest: fullInSeconds === undefined ? null : Math.round(fullInSeconds.latest),
    inodesFullInSeconds: inodesFullInSeconds === undefined ? null : Math.round(inodesFullInSeconds),
    caps: outlook.caps.map(capText),
    growthCaps: outlook.caps,
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
