/** What a container runtime keeps of a container's log: Docker's log options and the kubelet's limits. */
import { fromText, joinPath, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { parseSize, sizeText } from '../../model/size.ts';
import { dockerDirectory, isPodLog } from '../writers/container-log.ts';
import type { Settings } from './settings.ts';

interface LogConfig {
  readonly type: string | undefined;
  readonly options: Readonly<Record<string, string>>;
}

/** Docker's "local" driver has limits of its own (docs.docker.com, "Local file logging driver"). */
const LOCAL_DEFAULT: Readonly<Record<string, string>> = { 'max-size': '20m', 'max-file': '5' };

export function containerCaps(path: ByteString, settings: Settings): string[] {
  if (isPodLog(path)) return kubeletCaps(settings);
  const directory = dockerDirectory(path);
  if (directory === undefined) return [];
  // The daemon's options are copied into the container when it is made; later changes do not reach it.
  const config =
    containerConfig(settings.read(joinPath(directory, fromText('hostconfig.json')))) ??
    daemonConfig(settings.read('/etc/docker/daemon.json'));
  const defaults = config?.type === 'local' ? LOCAL_DEFAULT : {};
  const options = { ...defaults, ...config?.options };
  const size = parseSize(options['max-size'] ?? '');
  if (size === undefined) return [];
  const files = Number(options['max-file'] ?? 1);
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

function containerConfig(text: ByteString | undefined): LogConfig | undefined {
  const config = parse(text)?.['LogConfig'] as { Type?: string; Config?: Record<string, string> } | undefined;
  return config && { type: config.Type, options: config.Config ?? {} };
}

function daemonConfig(text: ByteString | undefined): LogConfig | undefined {
  const config = parse(text);
  return (
    config && {
      type: config['log-driver'] as string | undefined,
      options: (config['log-opts'] ?? {}) as Record<string, string>,
    }
  );
}

function parse(text: ByteString | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(toText(text)) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
