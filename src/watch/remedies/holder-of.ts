/** Who is to be stopped so that growth does not come back by itself: the surest handle on who writes. */
import { toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Holder } from '../../model/action.ts';
import { loggerKind } from '../../model/loggers.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import type { Writer } from '../../model/watch-event.ts';
import type { WriterOrigin } from '../../model/writer-origin.ts';

/** Stopping these stops the machine, the way in, or a whole session, for one file's sake. */
const NEVER_STOPPED =
  /^(?:systemd-.*|init|dbus(?:-broker)?|sshd?|user(?:-runtime-dir)?@.*|getty@.*|serial-getty@.*|NetworkManager|networking|session-.*|containerd|docker|podman|crond?|cronie|anacron|fcron|supervisord?|pm2-.*|kubelet|lxd|libvirtd)\.(?:service|scope)$/u;
const CRON = /^(?:crond?|cronie|anacron|fcron)\.service$/u;

/** What cron started comes back with the next round: only its line in a crontab keeps it away. Its program's name, else undefined. */
export function cronProgram(writers: readonly Writer[]): ByteString | undefined {
  const first = writers[0];
  if (first === undefined || !CRON.test(first.unit ?? '')) return undefined;
  // A shell is told what to run; its last argument is the nearest to what the crontab says.
  const words = first.commandLine.filter((word) => !word.startsWith('-'));
  return (words.at(-1)?.trim().split(/\s+/u)[0] ?? first.command) as ByteString;
}

/** Undefined where nobody is known, or only who writes for others. */
export function holderOf(writers: readonly Writer[]): Holder | undefined {
  const first = writers[0];
  if (first === undefined) return undefined;
  const { behind, respawns } = first;
  if (behind !== undefined) return ofOrigin(behind, first);
  // It is gone before anybody can stop it, and who starts it is not known.
  return respawns > 0 ? ofUnit(first) : ofProcess(first);
}

function ofOrigin(origin: WriterOrigin, writer: ProcessIdentity): Holder | undefined {
  switch (origin.kind) {
    case 'process':
      return ofProcess(origin.process);
    case 'short-lived':
      return origin.starter === undefined ? undefined : ofOrigin(origin.starter, writer);
    case 'speaker': {
      const name = toText(origin.name);
      return isStoppable(name) ? { what: 'unit', name } : undefined;
    }
    case 'container':
      return container(toText(origin.name), writer);
    case 'program':
      return { what: 'supervisor-program', name: toText(origin.name) };
    case 'app':
      return { what: 'pm2-app', name: toText(origin.name) };
    case 'service':
      return { what: 'runit-service', name: toText(origin.name) };
  }
}

function ofProcess(process: ProcessIdentity): Holder | undefined {
  if (loggerKind(process) !== undefined) return undefined;
  if (process.container !== undefined) return container(process.container, process);
  const unit = ofUnit(process);
  if (unit !== undefined) return unit;
  const { pid, command } = process;
  if (pid <= 1) return undefined;
  return { what: 'process', pid, command };
}

function ofUnit({ unit }: ProcessIdentity): Holder | undefined {
  return unit !== undefined && isStoppable(unit) ? { what: 'unit', name: unit } : undefined;
}

function isStoppable(unit: string): boolean {
  return unit.endsWith('.service') && !NEVER_STOPPED.test(unit);
}

function container(name: string, { command }: ProcessIdentity): Holder {
  return { what: 'container', name, engine: command === 'conmon' ? 'podman' : 'docker' };
}
