/** What a container runtime keeps of a container's log: Docker's log options and the kubelet's limits. */
import type { ByteString } from '../../../model/byte-string.ts';
import { parseSize, sizeText } from '../../../model/size.ts';
import {
  containerOfLog,
  readContainerLogSettings,
  readDaemonLogSettings,
} from '../../../system/services/docker-containers.ts';
import { isPodLog } from '../../writers/container-log.ts';
import type { Settings } from './settings.ts';

/** Docker's "local" driver has limits of its own (docs.docker.com, "Local file logging driver"). */
const LOCAL_DEFAULT: readonly (readonly [string, string])[] = [
  ['max-size', '20m'],
  ['max-file', '5'],
];

export function containerCaps(path: ByteString, settings: Settings): string[] {
  if (isPodLog(path)) return kubeletCaps(settings);
  const directory = containerOfLog(path);
  if (directory === undefined) return [];
  const log =
    readContainerLogSettings(settings.at(directory)) ??
    readDaemonLogSettings(settings.at('/etc/docker/daemon.json'));
  const options = new Map([...(log?.driver === 'local' ? LOCAL_DEFAULT : []), ...(log?.options ?? [])]);
  const size = parseSize(options.get('max-size') ?? '');
  if (size === undefined) return [];
  const files = Number(options.get('max-file') ?? 1);
  return [`Docker keeps ${fileCount(files)} of ${sizeText(size)} for this container (max-size, max-file)`];
}

function kubeletCaps(settings: Settings): string[] {
  const config = settings.read('/var/lib/kubelet/config.yaml') ?? '';
  // Kubernetes writes binary units without their "B": 10Mi.
  const size = parseSize(/^containerLogMaxSize:\s*"?(\d+[KMG])i?"?\s*$/mu.exec(config)?.[1] ?? '10M')!;
  const files = Number(/^containerLogMaxFiles:\s*(\d+)/mu.exec(config)?.[1] ?? 5);
  return [
    `the kubelet keeps ${fileCount(files)} of ${sizeText(size)} per container (containerLogMaxSize, containerLogMaxFiles)`,
  ];
}

function fileCount(files: number): string {
  return files === 1 ? 'one file' : `${files} files`;
}
