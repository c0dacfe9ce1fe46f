/** Where a supervised program's own lines may be on this machine, the likeliest first. */
import { baseName, fromText, joinPath, parentPath, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { directoryNames } from '../../system/directories/directory-names.ts';
import { dockerRoots, readDockerContainer } from '../../system/services/docker-containers.ts';
import type { JournalOf } from '../../system/services/journal-file.ts';
import { podLogs } from '../../system/services/pod-logs.ts';
import {
  filesMatching,
  SUPERVISOR_FILES,
  supervisorLogs,
} from '../../system/services/supervisor-programs.ts';
import { unitLogs } from '../../system/services/unit-logs.ts';
import type { Supervised } from './supervised.ts';

/** A file, or the entries of a unit or container in this machine's journal. */
export type OwnPlace =
  | { readonly kind: 'file'; readonly path: ByteString }
  | { readonly kind: 'journal'; readonly of: JournalOf };

/** @param log the supervisor's: never among them. */
export function ownPlaces(supervised: Supervised, log: ByteString): OwnPlace[] {
  return placesOf(supervised, log).filter((place) => place.kind !== 'file' || place.path !== log);
}

function placesOf(supervised: Supervised, log: ByteString): OwnPlace[] {
  switch (supervised.by) {
    case 'supervisord':
      return files([...configured(supervised.name), ...besideSupervisor(supervised.name, log)]);
    case 'pm2':
      return files(pm2Logs(supervised.name, log));
    case 'systemd':
      return [...files(unitLogs(supervised.name)), { kind: 'journal', of: { unit: supervised.name } }];
    case 'kubelet':
      return files(podLogs(supervised));
    case 'docker':
      return [...files(dockerLogs(supervised.id)), { kind: 'journal', of: { container: supervised.id } }];
    case 'podman':
      return [...files([podmanLog(supervised.id)]), { kind: 'journal', of: { container: supervised.id } }];
    case 'compose':
      return composed(supervised.name);
  }
}

function files(paths: readonly ByteString[]): OwnPlace[] {
  return [...new Set(paths)].map((path) => ({ kind: 'file', path }));
}

function configured(program: string): ByteString[] {
  return SUPERVISOR_FILES.flatMap(supervisorLogs)
    .filter((one) => one.program === program)
    .toSorted((a, b) => a.stream.localeCompare(b.stream))
    .flatMap(({ pattern }) => filesMatching(pattern));
}

/** As AUTO names them; stderr first. */
function besideSupervisor(program: string, log: ByteString): ByteString[] {
  const starts = [`${program}-stderr---supervisor-`, `${program}-stdout---supervisor-`];
  return named(parentPath(log), (name) => starts.some((start) => name.startsWith(start)));
}

/** pm2.log lies in PM2_HOME, an app's in its `logs`: NAME-error.log, NAME-error-3.log of several instances. */
function pm2Logs(app: string, log: ByteString): ByteString[] {
  const folder = joinPath(parentPath(log), fromText('logs'));
  const of = (stream: string): ByteString[] =>
    named(
      folder,
      (name) => name.startsWith(`${app}-${stream}`) && /-(?:error|out)(?:-\d+)?\.log$/u.test(name),
    );
  return [...of('error'), ...of('out')];
}

function named(directory: ByteString, isOne: (name: string) => boolean): ByteString[] {
  return directoryNames(directory)
    .filter((name) => isOne(toText(name)))
    .toSorted()
    .map((name) => joinPath(directory, name));
}

function dockerLogs(id: string): ByteString[] {
  return dockerRoots().map((root) => joinPath(root, fromText(`containers/${id}/${id}-json.log`)));
}

/** What conmon writes with the k8s-file driver. */
function podmanLog(id: string): ByteString {
  return fromText(`/var/lib/containers/storage/overlay-containers/${id}/userdata/ctr.log`);
}

/** Compose calls PROJECT-web-1 web-1 (before version 2: PROJECT_web_1). Nothing where several are called so. */
function composed(name: string): OwnPlace[] {
  const found = dockerRoots()
    .map((root) => joinPath(root, fromText('containers')))
    .flatMap((directory) => directoryNames(directory).map((id) => joinPath(directory, id)))
    .filter((directory) => {
      const full = readDockerContainer(directory)?.name;
      return full !== undefined && (full === name || full.endsWith(`-${name}`) || full.endsWith(`_${name}`));
    });
  if (found.length !== 1) return [];
  const id = toText(baseName(found[0]));
  return [
    ...files([joinPath(found[0], fromText(`${id}-json.log`))]),
    { kind: 'journal', of: { container: id } },
  ];
}
