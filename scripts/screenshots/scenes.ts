/** A drawn still that stands for a creator's footage, and the product it belongs to. */
export interface Scene {
  fileName: string;
  asin: string;
  seconds: number;
  /** Size of the padding that makes the file as large as footage. */
  padBytes: number;
  /** Inner part of a 1920x1080 SVG. */
  drawing: string;
  /** Default: as few as players take, for it does not move. */
  framesPerSecond?: number;
  /** Filmed for Reels: the middle of the drawing. */
  isUpright?: boolean;
}

const KETTLE = `
  <rect width="1920" height="1080" fill="#e9dfcf"/><rect y="760" width="1920" height="320" fill="#b98b5e"/>
  <rect y="760" width="1920" height="14" fill="#9c7148"/><circle cx="1480" cy="300" r="210" fill="#f7efe0"/>
  <ellipse cx="900" cy="850" rx="430" ry="38" fill="#00000030"/>
  <path d="M700 480h360l90 340a40 40 0 0 1-40 40H650a40 40 0 0 1-40-40z" fill="#26282b"/>
  <path d="M720 480h320l-14-44H734z" fill="#3a3d42"/><circle cx="880" cy="420" r="24" fill="#c9a36a"/>
  <path d="M655 700C540 690 560 500 470 430" stroke="#26282b" stroke-width="34" fill="none" stroke-linecap="round"/>
  <path d="M1060 520c170-30 210 200 70 250" stroke="#6b4a30" stroke-width="40" fill="none" stroke-linecap="round"/>
  <rect x="790" y="600" width="180" height="90" rx="12" fill="#34373b"/>
  <text x="880" y="662" font-family="DejaVu Sans" font-size="48" fill="#f2b84b" text-anchor="middle">96°C</text>
  <path d="M1330 700h190l-24 150a30 30 0 0 1-30 26h-82a30 30 0 0 1-30-26z" fill="#fbf7ef"/>
  <path d="M1518 730c80-6 80 90-14 92" stroke="#fbf7ef" stroke-width="20" fill="none"/>`;

const ORGANIZER = `
  <rect width="1920" height="1080" fill="#d7e2d6"/><rect y="790" width="1920" height="290" fill="#f1ece2"/>
  <rect y="786" width="1920" height="12" fill="#d8cfbf"/><ellipse cx="960" cy="850" rx="560" ry="30" fill="#00000024"/>
  <rect x="480" y="470" width="960" height="370" rx="16" fill="#cf9f62"/>
  <g fill="#e3bd87"><rect x="505" y="495" width="300" height="150" rx="8"/><rect x="505" y="665" width="300" height="150" rx="8"/>
  <rect x="1115" y="495" width="300" height="95" rx="8"/><rect x="1115" y="608" width="300" height="95" rx="8"/>
  <rect x="1115" y="721" width="300" height="95" rx="8"/></g><rect x="830" y="495" width="260" height="320" rx="8" fill="#9c7343"/>
  <g fill="#8a643a"><circle cx="655" cy="570" r="12"/><circle cx="655" cy="740" r="12"/><circle cx="1265" cy="542" r="11"/>
  <circle cx="1265" cy="655" r="11"/><circle cx="1265" cy="768" r="11"/></g>
  <g stroke-linecap="round" stroke-width="26"><path d="M880 560V300" stroke="#2e5d49"/><path d="M945 560l-16-230" stroke="#e0a33e"/>
  <path d="M1010 560l30-250" stroke="#c2513d"/></g>
  <path d="M300 790c-60-160 20-330 90-420 60 120 90 270 20 420z" fill="#4f8163"/>
  <rect x="290" y="740" width="130" height="110" rx="14" fill="#f7f3ec"/>`;

const SKILLET = `
  <rect width="1920" height="1080" fill="#2d3138"/><path d="M0 0h1920v1080H0z" fill="#3a4049"/>
  <g stroke="#323740" stroke-width="6"><path d="M0 270h1920M0 540h1920M0 810h1920M480 0v1080M960 0v1080M1440 0v1080"/></g>
  <ellipse cx="880" cy="600" rx="500" ry="430" fill="#00000055"/><circle cx="870" cy="540" r="420" fill="#17191c"/>
  <circle cx="870" cy="540" r="372" fill="#23262a"/><path d="M1230 700l420 230" stroke="#17191c" stroke-width="96" stroke-linecap="round"/>
  <circle cx="1630" cy="918" r="22" fill="#3a4049"/><path d="M640 470c60-150 280-170 350-30 60 120 10 250-120 260s-300-60-230-230z" fill="#fff6e5"/>
  <circle cx="800" cy="540" r="86" fill="#f5b62e"/><circle cx="775" cy="512" r="26" fill="#fbd57a"/>
  <g fill="#7ba05b"><path d="M1010 690c40-60 110-50 120 0-50 40-100 40-120 0z"/><path d="M620 740c50-40 110-20 110 30-50 20-100 10-110-30z"/></g>
  <g fill="#d9573f"><circle cx="1060" cy="400" r="58"/><circle cx="1140" cy="500" r="46"/></g>`;

/** The demo products of the seed that get footage. */
export const SCENES: readonly Scene[] = [
  { fileName: "kettle-walkthrough.mp4", asin: "B0CRL7K2M1", seconds: 161, padBytes: 64e6, drawing: KETTLE },
  {
    fileName: "organizer-before-after.mp4",
    asin: "B0CRL3T9Q4",
    seconds: 94,
    padBytes: 31e6,
    drawing: ORGANIZER,
  },
  {
    fileName: "skillet-three-dinners.mp4",
    asin: "B0CRL5V4N8",
    seconds: 208,
    padBytes: 87e6,
    drawing: SKILLET,
  },
];

/** The same products for the platforms that want upright videos. */
export const REELS: readonly Scene[] = SCENES.map((scene) => ({
  ...scene,
  fileName: scene.fileName.replace(/-.*/, "-reel.mp4"),
  seconds: 12,
  padBytes: 6e6,
  framesPerSecond: 24,
  isUpright: true,
}));
