/** What a container runtime keeps of a container's log: Docker's log options and the kubelet's limits. */
import type { ByteString } from '../../../model/byte-string.ts';
import type { GrowthCap } from '../../../model/growth-cap.ts';
import { parseSize } from '../../../model/size.ts';
import {
  containerOfLog,
  readContainerLogSettings,
  readDaemonLogSettings,
} from '../../../system/services/docker-containers.ts';
import { podOfLog } from '../../../system/services/pod-logs.ts';
import type { Settings } from './settings.ts';

/** Docker's "local" driver has limits of its own (docs.docker.com, "Local file logging driver"). */
const LOCAL_DEFAULT: readonly (readonly [string, string])[] = [
  ['max-size', '20m'],
  ['max-file', '5'],
];

export function containerCaps(path: ByteString, settings: Settings): GrowthCap[] {
  if (podOfLog(path)) return kubeletCaps(settings);
  const directory = containerOfLog(path);
  if (directory === undefined) return [];
  const log =
    readContainerLogSettings(settings.at(directory)) ??
    readDaemonLogSettings(settings.at('/etc/docker/daemon.json'));
  const options = new Map([...(log?.driver === 'local' ? LOCAL_DEFAULT : []), ...(log?.options ?? [])]);
  const size = parseSize(options.get('max-size') ?? '');
  if (size === undefined) return [];
  return [{ by: 'docker', files: Number(options.get('max-file') ?? 1), fileBytes: size }];
}

function kubeletCaps(settings: Settings): GrowthCap[] {
  const config = settings.read('/var/lib/kubelet/config.yaml') ?? '';
  // Kubernetes writes binary units without their "B": 10Mi.
  const fileBytes = parseSize(/^containerLogMaxSize:\s*"?(\d+[KMG])i?"?\s*$/mu.exec(config)?.[1] ?? '10M')!;
  const files = Number(/^containerLogMaxFiles:\s*(\d+)/mu.exec(config)?.[1] ?? 5);
  return [{ by: 'kubelet', files, fileBytes }];
}
