/** Stores of applications people use: the application's database lists every file, so only it may remove one. */
import type { ApplicationStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

export const applications: readonly (StoreEntry & { readonly store: ApplicationStore })[] = [
  {
    store: 'nextcloud',
    marks: ['.ocdata', '.ncdata', 'appdata_oc*', 'nextcloud.log appdata_*', 'owncloud.log avatars'],
    logs: /^(?:nextcloud|owncloud|audit|flow)\.log(?:\.\d+)?$/u,
    levers: [
      { command: 'php OCC trashbin:cleanup --all-users', loses: 'thrown-away', user: '{owner}' },
      { command: 'php OCC versions:cleanup', loses: 'old-generations', user: '{owner}' },
    ],
    source: 'docs.nextcloud.com: occ trashbin:cleanup, versions:cleanup; .ocdata (.ncdata since 31)',
  },
  {
    store: 'mastodon',
    marks: [
      'cache/media_attachments',
      'cache/preview_cards',
      'cache/accounts media_attachments',
      'media_attachments/files accounts',
    ],
    parts: [
      ['cache', 'cache/*'],
      ['upload', 'media_attachments'],
      ['upload', 'accounts'],
      ['backup', 'backups'],
    ],
    levers: [
      { command: 'tootctl media remove --days 7', loses: 'regenerable', user: '{owner}' },
      { command: 'tootctl media usage', does: 'shows', user: '{owner}' },
      { command: 'tootctl preview_cards remove --days 30', loses: 'regenerable', user: '{owner}' },
    ],
    source: 'docs.joinmastodon.org: tootctl media remove, media usage, preview_cards remove',
  },
  {
    store: 'peertube',
    marks: [
      'streaming-playlists thumbnails torrents',
      'streaming-playlists web-videos',
      'original-video-files streaming-playlists',
    ],
    parts: [
      ['content', 'streaming-playlists'],
      ['content', 'web-videos'],
      ['content', 'videos'],
      ['upload', 'original-video-files'],
      ['cache', 'redundancy'],
      ['cache', 'cache'],
      ['temporary', 'tmp*'],
      ['log', 'logs'],
    ],
    levers: [{ command: 'npm --prefix HOMEPATH run prune-storage', loses: 'leftovers', user: '{owner}' }],
    source:
      'docs.joinpeertube.org: Server tools (prune-storage, with PeerTube stopped), storage in production.yaml',
  },
  {
    store: 'synapse',
    marks: [
      'remote_content local_content',
      'remote_thumbnail local_thumbnails',
      'remote_content remote_thumbnail',
      'media_store/local_content',
      'media_store/remote_content',
    ],
    parts: [
      ['cache', 'remote_content'],
      ['cache', 'remote_thumbnail'],
      ['cache', 'url_cache'],
      ['upload', 'local_content'],
      ['preview', 'local_thumbnails'],
      ['content', 'media_store/*'],
    ],
    levers: [
      {
        command:
          "curl -X POST -H 'Authorization: Bearer TOKEN' 'http://localhost:8008/_synapse/admin/v1/purge_media_cache?before_ts=TIME'",
        loses: 'regenerable',
      },
    ],
    source: 'element-hq.github.io/synapse: Media admin API, Purge Remote Media API',
  },
  {
    store: 'immich',
    marks: [
      'upload/.immich',
      'thumbs/.immich',
      'library/.immich',
      'thumbs encoded-video profile',
      'encoded-video/.immich',
    ],
    parts: [
      ['upload', 'upload'],
      ['upload', 'library'],
      ['preview', 'thumbs'],
      ['preview', 'encoded-video'],
      ['backup', 'backups'],
    ],
    levers: [],
    source: 'docs.immich.app: Backup and Restore (folders), System Integrity (.immich)',
  },
  {
    store: 'jellyfin',
    marks: [
      'data/jellyfin.db',
      'data/library.db metadata',
      'jellyfin.db metadata',
      'Plug-in?Support/Databases',
      'Metadata Media Plug-in?Support',
      'Transcode/Sessions',
    ],
    programs: ['jellyfin', 'Plex Media Server', 'emby'],
    parts: [
      ['temporary', 'transcodes'],
      ['temporary', 'cache/transcodes'],
      ['temporary', 'Transcode'],
      ['preview', 'metadata'],
      ['preview', 'Metadata'],
      ['preview', 'Media'],
      ['cache', 'cache'],
      ['cache', 'Cache'],
      ['database', 'data'],
      ['database', 'Plug-in Support'],
      ['log', 'log'],
    ],
    logs: /^logs?\/.*\.log$/u,
    levers: [],
    source: 'jellyfin.org/docs: data directory, transcode path; support.plex.tv: media server data directory',
  },
  {
    store: 'seafile',
    marks: ['storage/blocks storage/commits', 'storage/fs storage/blocks', 'seafile-data/storage'],
    programs: ['seaf-server'],
    parts: [
      ['block', 'storage/blocks'],
      ['version', 'storage/commits'],
      ['object', 'storage/fs'],
      ['block', 'seafile-data/storage'],
      ['temporary', 'httptemp'],
    ],
    levers: [
      { command: 'seaf-gc.sh --dry-run', does: 'shows' },
      { command: 'seaf-gc.sh', loses: 'thrown-away' },
    ],
    source: 'manual.seafile.com: Seafile GC',
  },
  {
    store: 'moodle',
    marks: ['filedir trashdir', 'filedir localcache', 'filedir muc'],
    parts: [
      ['upload', 'filedir'],
      ['trash', 'trashdir'],
      ['temporary', 'temp'],
      ['cache', 'cache'],
      ['cache', 'localcache'],
      ['temporary', 'sessions'],
    ],
    levers: [
      { command: 'php admin/cli/purge_caches.php', loses: 'regenerable', user: '{owner}' },
      {
        command: String.raw`php admin/cli/scheduled_task.php --execute=\core\task\file_trash_cleanup_task`,
        loses: 'thrown-away',
        user: '{owner}',
      },
    ],
    source: 'docs.moodle.org: moodledata, purge_caches.php, scheduled_task.php',
  },
  {
    store: 'odoo',
    marks: ['filestore/*/checklist', 'filestore sessions addons', 'filestore/*/[0-9a-f][0-9a-f] sessions'],
    parts: [
      ['database', 'filestore/*'],
      ['temporary', 'sessions'],
    ],
    levers: [],
    source: 'odoo/addons/base/models/ir_attachment.py: filestore, checklist, _gc_file_store',
  },
  {
    store: 'home-assistant',
    marks: ['.HA_VERSION'],
    parts: [
      ['backup', 'backups'],
      ['content', 'www'],
      ['content', 'media'],
    ],
    logs: /^home-assistant\.log/u,
    levers: [{ command: 'ha backups list', does: 'shows' }],
    source: 'home-assistant.io: recorder (purge_keep_days, recorder.purge), backup',
  },
  {
    store: 'syncthing-versions',
    marks: ['.stversions .stfolder', '.stversions'],
    extent: /^\.stversions$/u,
    parts: [['version', '.stversions']],
    levers: [{ command: 'du -sh {store}/.stversions', does: 'shows' }],
    source: 'docs.syncthing.net: File Versioning',
  },
  {
    store: 'audit-log',
    marks: ['audit.log audit.log.[0-9]*'],
    places: ['audit-logs'],
    programs: ['auditd'],
    levers: [
      { command: 'aureport --summary', does: 'shows' },
      { command: 'auditctl -l', does: 'shows' },
    ],
    source: 'auditd.conf(5): num_logs, max_log_file, max_log_file_action, space_left_action',
  },
  {
    store: 'bigbluebutton',
    marks: ['recording/raw published', 'recording/raw recording/status'],
    parts: [
      ['content', 'recording/raw'],
      ['content', 'published/*'],
      ['content', 'deleted/*'],
    ],
    levers: [
      { command: 'bbb-record --list', does: 'shows' },
      { command: 'bbb-record --delete MEETING', loses: 'content' },
    ],
    source: 'docs.bigbluebutton.org: bbb-record, Delete raw data from published recordings',
  },
  {
    store: 'icinga2',
    marks: ['icinga2.state api'],
    programs: ['icinga2'],
    parts: [
      ['message', 'api/log'],
      ['content', 'api/packages'],
      ['content', 'api/zones'],
    ],
    levers: [],
    source: 'icinga.com/docs: Distributed Monitoring, log_duration (replay log)',
  },
];
