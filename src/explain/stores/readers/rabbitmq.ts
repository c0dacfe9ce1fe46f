/** RabbitMQ: messages by virtual host and quorum queues by name (rabbitmq.com: message store, quorum queues). */
import { joinPath } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import { readFileStart } from '../../../system/files/file-start.ts';
import { directoriesAt, directoryPart, partsByPattern } from '../parts.ts';
import type { Reader } from '../reader.ts';

const NAME_BYTES = 300;

export const rabbitmq: Reader = ({ store, tree }) => {
  const hosts = ['*/*/msg_stores/vhosts/*', '*/msg_stores/vhosts/*', 'msg_stores/vhosts/*'].flatMap(
    (pattern) => directoriesAt(tree, store.directory, pattern),
  );
  const generic = partsByPattern(store, tree).filter(({ kind }) => kind !== 'message');
  return {
    parts: [
      ...hosts.map(({ directory, name }) => {
        const vhost = readFileStart(
          joinPath(tree.path(directory), '.vhost' as ByteString),
          NAME_BYTES,
        )?.trim();
        return directoryPart('message', (vhost ?? name) as ByteString, directory, tree);
      }),
      ...generic,
    ],
  };
};
