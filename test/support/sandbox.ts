/** A machine of its own for lines that may do anything: nothing of the real one can be reached or written. */
import path from 'node:path';
import { needsMount, needsTool, unless } from './requirements.ts';

export const needsSandbox = unless(needsMount, needsTool('unshare', 'sh'));

const checkout = path.resolve(import.meta.dirname, '../..');
const node = process.execPath.startsWith(checkout)
  ? process.execPath.replace(checkout, '/mnt/checkout')
  : process.execPath;

/**
 * The words that run `script` in it, with `$@` as given: /mnt is empty memory, and so is every place where people and
 * programs keep things; `diskwhy` is this checkout's. What the script mounts or writes is gone afterwards.
 * @param world a folder that becomes /mnt/world, where something shall be left behind.
 */
export function inSandbox(script: string, words: readonly string[], world?: string): string[] {
  const setUp = `
    mount -t tmpfs none /mnt && mkdir /mnt/checkout /mnt/bin /mnt/home /mnt/world || exit 99
    mount --bind '${checkout}' /mnt/checkout || exit 99
    ${world === undefined ? '' : `mount --bind '${world}' /mnt/world || exit 99`}
    for place in /tmp /var/tmp /var/lib /var/cache /var/log /opt /home /root /srv /dev/shm; do
      [ ! -d $place ] || mount -t tmpfs none $place || exit 99
    done
    printf '#!/bin/sh\\nexec %s /mnt/checkout/bin/diskwhy.js "$@"\\n' '${node}' >/mnt/bin/diskwhy
    chmod +x /mnt/bin/diskwhy
    mount -o remount,bind,ro / || exit 99
    ! touch /probe 2>/dev/null || exit 99
    export HOME=/mnt/home XDG_STATE_HOME=/mnt/home/state PATH=/mnt/bin:$PATH
    cd /mnt/home`;
  return ['unshare', '-m', 'sh', '-c', `${setUp}\n${script}`, 'sh', ...words];
}
