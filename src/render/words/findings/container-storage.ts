/** Containers: logs by name, volumes by who uses them, stores by their largest parts. */
import type { FindingOf } from '../../../model/finding.ts';
import type { ContainerName, StorePart } from '../../../model/findings/container-storage.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

const MOST_LOGS = 5;
const MOST_VOLUMES = 4;
const MOST_PLACES = 3;

const engines: Readonly<Record<string, string>> = {
  'docker-desktop-disk': 'Docker Desktop disk',
  'docker-buildx': 'buildx builders',
  'podman-storage': 'Podman storage',
  'containerd-store': 'containerd images',
  'image-build-temp': 'unfinished image builds',
  'kubelet-pods': "pods' volumes",
  'pod-logs': 'logs of pods',
  'k3s-containerd': 'k3s images',
  minikube: 'minikube',
  'lxd-store': 'LXD instances and images',
  'nspawn-machines': 'nspawn machines',
};

export const containerStorageWords: FindingWords<'container-storage'> = {
  title: (finding) => {
    switch (finding.kind) {
      case 'logs':
        return 'container logs';
      case 'volumes':
        return 'Docker volumes';
      case 'written-inside':
        return 'written inside containers, not into volumes';
      case 'docker-layers':
        return 'Docker images and layers';
      case 'engine':
        return engines[finding.places[0].id] ?? 'container storage';
    }
  },
  evidence,
  advice: (finding) => {
    switch (finding.kind) {
      case 'logs':
        return 'empty them, never delete them: Docker holds them open; then set log-opts max-size and max-file in /etc/docker/daemon.json and recreate the containers';
      case 'volumes':
        return finding.unused === 0
          ? 'they hold the data of these containers: clear it inside them'
          : 'volumes are data, databases often: look into the unused ones, then have Docker remove those you do not need';
      case 'written-inside':
        return 'have the program in the container clear it, and give that path a volume, a tmpfs or a limit; all of it is lost when the container is removed, and no restart gives it back';
      case 'docker-layers':
        return 'let Docker remove stopped containers, unused networks, dangling images and build cache; with -a also images that no container uses';
      case 'engine':
        return (
          finding.advice.advice ??
          (finding.inspect === undefined
            ? 'only its own engine can clear it'
            : `look first (${finding.inspect}); only its own engine can clear it`)
        );
    }
  },
};

function evidence(finding: FindingOf<'container-storage'>): string[] {
  switch (finding.kind) {
    case 'logs': {
      const { logs, unlimited } = finding;
      return [
        logs
          .slice(0, MOST_LOGS)
          .map((log) => `${containerText(log)}: ${sizeText(log.diskBytes)}`)
          .join(', '),
        ...(unlimited === 0
          ? []
          : [
              `no max-size is set for ${unlimited === logs.length ? 'any of them' : countOf(unlimited, 'of them')}: Docker never rotates such a log`,
            ]),
      ];
    }
    case 'volumes':
      return volumesEvidence(finding);
    case 'written-inside':
      return finding.containers.slice(0, MOST_LOGS).map((container) => {
        const { isRunning, diskBytes, place, placeBytes } = container;
        const where = place === '/' ? '' : `, ${sizeText(placeBytes)} of it in its ${quoted(place)}`;
        return `${containerText(container)}${isRunning ? '' : ', not running'}: ${sizeText(diskBytes)}${where}`;
      });
    case 'docker-layers': {
      const { directory, parts, containers, running } = finding;
      return [
        `in ${quoted(directory)}: ${partsText(parts)}`,
        `${countOf(containers, 'container')}, ${running} of them running`,
        'only Docker can tell what of it is unused: docker system df -v',
      ];
    }
    case 'engine': {
      const { places, advice } = finding;
      return [
        ...places.slice(0, MOST_PLACES).map(({ what, path, diskBytes, parts }) => {
          const inside = partsText(parts);
          return `${what}: ${sizeText(diskBytes)} in ${quoted(path)}${inside === '' ? '' : ` (${inside})`}`;
        }),
        ...(advice.trap === undefined ? [] : [advice.trap]),
      ];
    }
  }
}

function volumesEvidence({
  volumes,
  areAllKnown,
  unused,
  unusedBytes,
}: Extract<FindingOf<'container-storage'>, { readonly kind: 'volumes' }>): string[] {
  const shown = volumes.slice(0, MOST_VOLUMES).map(({ name, diskBytes, usedBy }) => {
    const use =
      usedBy.length === 0 ? (areAllKnown ? ', unused' : '') : `, used by ${usedBy.map(quoted).join(' and ')}`;
    return `${quoted(name)} (${sizeText(diskBytes)}${use})`;
  });
  return [
    `${countOf(volumes.length, 'volume')}: ${shown.join(', ')}${volumes.length > MOST_VOLUMES ? ' and more' : ''}`,
    !areAllKnown
      ? 'which of them no container uses could not be read'
      : unused === 0
        ? 'each is used by a container'
        : `no container, running or stopped, uses ${countOf(unused, 'of them', 'of them')}: ${sizeText(unusedBytes)}`,
  ];
}

function containerText({ id, name, image }: ContainerName): string {
  if (name === undefined) return `container ${quoted(id).slice(0, 12)}`;
  return image === undefined ? quoted(name) : `${quoted(name)} (${quoted(image)})`;
}

/** "overlay2 12.0 GiB, buildkit 1.1 GiB". */
function partsText(parts: readonly StorePart[]): string {
  return parts.map(({ name, diskBytes }) => `${quoted(name)} ${sizeText(diskBytes)}`).join(', ');
}
