/** Browsers: caches that pages fill, and the site data that holds logins and offline documents. */
import type { CatalogueEntry } from '../entry.ts';

const chromes =
  '{google-chrome,google-chrome-beta,google-chrome-unstable,chromium,microsoft-edge,BraveSoftware/Brave-Browser,vivaldi,opera}';
const macChromes = '{Google/Chrome,Chromium,Microsoft Edge,BraveSoftware/Brave-Browser,Vivaldi}';
const chromeCaches =
  '{Cache,Code Cache,GPUCache,GrShaderCache,ShaderCache,DawnCache,DawnGraphiteCache,DawnWebGPUCache}';
const chromeSharedCaches =
  '{GrShaderCache,ShaderCache,GraphiteDawnCache,component_crx_cache,extensions_crx_cache}';
const siteData = '{Service Worker,IndexedDB,Local Storage,File System,Session Storage,databases}';
const chromeProcesses = ['chrome', 'chromium', 'msedge', 'brave', 'vivaldi-bin', 'opera', 'Google Chrome'];

export const browsers: readonly CatalogueEntry[] = [
  {
    id: 'chrome-cache',
    row: 173,
    what: 'cache of Chrome, Chromium, Edge, Brave, Vivaldi, Opera',
    class: 'A',
    linux: [
      `$XDG_CACHE_HOME/${chromes}`,
      `$XDG_CONFIG_HOME/${chromes}/*/${chromeCaches}`,
      `$XDG_CONFIG_HOME/${chromes}/${chromeSharedCaches}`,
      '~/snap/chromium/common/.cache',
    ],
    macos: [
      `~/Library/Caches/${macChromes}`,
      `~/Library/Application Support/${macChromes}/*/${chromeCaches}`,
      `~/Library/Application Support/${macChromes}/${chromeSharedCaches}`,
    ],
    usedBy: chromeProcesses,
    traps: ['with the browser closed: SingletonLock (a symlink naming host and pid) shows it runs'],
    source: 'BleachBit cleaners google_chrome, chromium, brave',
  },
  {
    id: 'chrome-ai-model',
    row: 174,
    what: "Chrome's on-device AI model",
    class: 'A',
    linux: [`$XDG_CONFIG_HOME/${chromes}/OptGuideOnDevice{Model,ClassifierModel}`],
    macos: [`~/Library/Application Support/${macChromes}/OptGuideOnDevice{Model,ClassifierModel}`],
    usedBy: chromeProcesses,
    traps: ['several GiB; Chrome fetches it again unless switched off (chrome://on-device-internals)'],
    source: 'research table: BleachBit',
  },
  {
    id: 'browser-site-data',
    row: 175,
    what: "web sites' data: logins, offline documents",
    class: 'D',
    linux: [
      `$XDG_CONFIG_HOME/${chromes}/*/${siteData}`,
      '~/.mozilla/firefox/*/storage/default',
      '$XDG_CONFIG_HOME/mozilla/firefox/*/storage/default',
      '~/snap/firefox/common/.mozilla/firefox/*/storage/default',
    ],
    macos: [
      `~/Library/Application Support/${macChromes}/*/${siteData}`,
      '~/Library/Application Support/Firefox/Profiles/*/storage/default',
    ],
    advice: "clear single sites in the browser's settings",
    source: 'research table: BleachBit',
  },
  {
    id: 'firefox-cache',
    row: 176,
    what: 'cache of Firefox and its relatives',
    class: 'A',
    linux: [
      '$XDG_CACHE_HOME/{mozilla/firefox,librewolf,zen,waterfox}/*/{cache2,startupCache,thumbnails}',
      '~/snap/firefox/common/.cache',
    ],
    macos: ['~/Library/Caches/{Firefox,LibreWolf,zen,Waterfox}/Profiles/*/{cache2,startupCache}'],
    usedBy: ['firefox', 'firefox-bin', 'librewolf', 'zen', 'waterfox'],
    traps: ['with the browser closed: `lock` in the profile shows it runs'],
    source: 'BleachBit cleaners firefox, waterfox',
  },
  {
    id: 'safari-cache',
    row: 177,
    what: 'Safari cache',
    class: 'A',
    macos: ['~/Library/Caches/com.apple.Safari'],
    usedBy: ['Safari'],
    traps: ['"operation not permitted" without Full Disk Access'],
    source: 'research table: mac-cleaner-cli, Mole',
  },
];
