/** `--exec`: a person's own command, run for each alarm. What happened is in its environment, never in its text. */
import { spawn } from 'node:child_process';
import { isText, toBuffer, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { DiskEvent, GrowthEvent, GrowthState } from '../../model/watch-event.ts';
import { logEvidence } from '../../render/words/log.ts';
import { quotaText } from '../../render/words/quota.ts';
import { originText } from '../../render/words/writers.ts';

export interface AlarmCommand {
  /** Starts it, unless it still runs for the same file or disk. */
  readonly run: (event: GrowthEvent | DiskEvent) => void;
}

/**
 * @param complain told once that the command fails, not each time.
 * @param isQuiet its output would disturb a live screen, so it goes nowhere; otherwise it goes to stderr.
 */
export function createAlarmCommand(
  command: string,
  complain: (message: string) => void,
  isQuiet: boolean,
): AlarmCommand {
  const running = new Set<ByteString>();
  let hasComplained = false;
  const failed = (why: string): void => {
    if (!hasComplained) complain(`--exec: ${why}; this is said once`);
    hasComplained = true;
  };
  return {
    run: (event) => {
      const path = 'path' in event ? event.path : event.filesystem.mountPoint;
      if (running.has(path)) return;
      running.add(path);
      const child = spawn('/bin/sh', ['-c', command], {
        env: { ...process.env, ...environmentOf(event) },
        stdio: ['ignore', isQuiet ? 'ignore' : 2, isQuiet ? 'ignore' : 2],
      });
      // The watch ends when it ends; a command that still runs goes on alone.
      child.unref();
      child.on('error', (error) => {
        running.delete(path);
        failed(error.message);
      });
      child.on('exit', (code, signal) => {
        running.delete(path);
        if (code !== 0)
          failed(signal === null ? `the command ended with ${code}` : `the command was ended by ${signal}`);
      });
    },
  };
}

/** Numbers are whole bytes, bytes per second and seconds; what is not known is empty. */
function environmentOf(event: GrowthEvent | DiskEvent): Record<string, string> {
  if ('path' in event) return growthEnvironment(event.type, event);
  if (!('filledBy' in event)) return diskEnvironment(event);
  // Of a full disk: what filled it, where that is known, and the disk.
  const { type, filesystem, quota, filledBy } = event;
  return {
    ...(filledBy.length > 0 ? growthEnvironment(type, filledBy[0]) : {}),
    ...diskEnvironment(event),
    DISKWHY_PATH: toText(filledBy[0]?.path ?? filesystem.mountPoint),
    DISKWHY_QUOTA: quota === undefined ? '' : quotaText(quota),
  };
}

function diskEnvironment(event: DiskEvent): Record<string, string> {
  const { type, filesystem } = event;
  return {
    DISKWHY_EVENT: type,
    DISKWHY_PATH: toText(filesystem.mountPoint),
    DISKWHY_MOUNT: toText(filesystem.mountPoint),
    DISKWHY_AVAILABLE: String(filesystem.availableBytes),
    DISKWHY_POOL: 'pool' in event ? toText(event.pool.name) : '',
  };
}

function growthEnvironment(type: string, event: GrowthState): Record<string, string> {
  const { filesystem, writers, judgement } = event;
  const writer = writers.at(0);
  return {
    DISKWHY_EVENT: type,
    DISKWHY_PATH: toText(event.path),
    ...(isText(event.path) ? {} : { DISKWHY_PATH_BASE64: toBuffer(event.path).toString('base64') }),
    DISKWHY_BYTES: String(event.diskBytes),
    DISKWHY_GROWN: String(Math.round(event.grownBytes)),
    DISKWHY_RATE: String(Math.round(event.bytesPerSecond)),
    DISKWHY_SINCE: String(Math.round(event.sinceSeconds)),
    DISKWHY_VERDICT: judgement.verdict,
    DISKWHY_CONFIDENCE: String(judgement.confidence),
    DISKWHY_EVIDENCE: logEvidence(judgement).join('\n').replaceAll('\0', ''),
    DISKWHY_WRITER: writer === undefined ? '' : toText(writer.command),
    DISKWHY_PID: writer === undefined || writer.pid === 0 ? '' : String(writer.pid),
    DISKWHY_UNIT: writer?.unit ?? '',
    DISKWHY_CONTAINER: writer?.container ?? '',
    DISKWHY_BEHIND: writer?.behind === undefined ? '' : originText(writer.behind),
    DISKWHY_STOP: event.remedies.find(({ action }) => action.kind === 'stop-writer')?.line ?? '',
    DISKWHY_REMEDIES: event.remedies.flatMap(({ line }) => line ?? []).join('\n'),
    DISKWHY_MOUNT: toText(filesystem.mountPoint),
    DISKWHY_AVAILABLE: String(filesystem.availableBytes),
    DISKWHY_FULL_IN:
      filesystem.fullInSeconds === undefined ? '' : String(Math.round(filesystem.fullInSeconds.soonest)),
  };
}
