/** The NDJSON of `diskwhy watch`: one object per event. */
import { toText } from '../../model/byte-string.ts';
import type { FilesystemOutlook, GrowthState, WatchEvent, Writer } from '../../model/watch-event.ts';
import { pathJson } from './path.ts';

/** A plain object for JSON.stringify; `type` and `at` come first. */
export function watchEventJson(event: WatchEvent): object {
  const head = { type: event.type, at: new Date(event.at * 1000).toISOString() };
  switch (event.type) {
    case 'ready': {
      const { directories, files, watched, sources, sweepSeconds } = event;
      return { ...head, directories, files, watched, sources, sweepSeconds: round(sweepSeconds) };
    }
    case 'notice':
      return { ...head, ...(event.path === undefined ? {} : pathJson(event.path)), message: event.message };
    case 'unexplained-growth': {
      const { grownBytes, explainedBytes, bytesPerSecond, evidence } = event;
      const filesystem = outlookJson(event.filesystem);
      return {
        ...head,
        grownBytes,
        explainedBytes,
        bytesPerSecond: Math.round(bytesPerSecond),
        evidence,
        filesystem,
      };
    }
    case 'summary': {
      const { alarms, seconds, grownBytes, explainedBytes, top } = event;
      return {
        ...head,
        alarms,
        seconds: round(seconds),
        grownBytes,
        explainedBytes,
        top: top.map(stateJson),
      };
    }
    default:
      return { ...head, ...stateJson(event) };
  }
}

function stateJson(state: GrowthState): object {
  return {
    ...pathJson(state.path),
    what: state.what,
    diskBytes: state.diskBytes,
    apparentBytes: state.apparentBytes,
    grownBytes: state.grownBytes,
    bytesPerSecond: Math.round(state.bytesPerSecond),
    ...(state.what === 'directory' ? { filesPerSecond: round(state.filesPerSecond) } : {}),
    sinceSeconds: round(state.sinceSeconds),
    verdict: state.verdict,
    confidence: state.verdictConfidence,
    evidence: state.evidence,
    writers: state.writers.map(writerJson),
    writersHidden: state.writersHidden ?? null,
    filesystem: outlookJson(state.filesystem),
  };
}

/** `pid` is null for who is known by the path only. */
function writerJson(writer: Writer): object {
  return {
    pid: writer.pid === 0 ? null : writer.pid,
    command: toText(writer.command),
    commandLine: writer.commandLine.map(toText),
    unit: writer.unit ?? null,
    container: writer.container ?? null,
    confidence: writer.confidence,
    behind: writer.behind ?? null,
    respawns: writer.respawns,
    residentBytes: writer.residentBytes,
    sharedBytes: writer.sharedBytes,
    virtualBytes: writer.virtualBytes,
  };
}

/** `fullInSeconds` is the soonest, null where it is not filling. */
function outlookJson(outlook: FilesystemOutlook): object {
  const { fullInSeconds, inodesFullInSeconds } = outlook;
  return {
    mountPoint: toText(outlook.mountPoint),
    availableBytes: outlook.availableBytes,
    fillingBytesPerSecond: Math.round(outlook.fillingBytesPerSecond),
    fullInSeconds: fullInSeconds === undefined ? null : Math.round(fullInSeconds.soonest),
    fullInSecondsLatest: fullInSeconds === undefined ? null : Math.round(fullInSeconds.latest),
    inodesFullInSeconds: inodesFullInSeconds === undefined ? null : Math.round(inodesFullInSeconds),
    caps: outlook.caps,
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
