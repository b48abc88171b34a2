/**
 * First ports of the stacks that tests of this folder start. Each stack takes four from its number and six from ten
 * above it. They lie below the range the system gives to outgoing connections, so nobody else holds one by accident.
 */
export const PORTS = {
  connect: 26500,
  uploads: 26520,
  jobs: 26540,
  videos: 26560,
  tasks: 26580,
  uploadSpace: 26600,
  sandbox: 26620,
  account: 27640,
  accountExport: 27660,
  library: 27400,
  libraryFiles: 27420,
  accountSwitch: 27440,
  throttling: 27460,
  signInErrors: 27480,
  playback: 27520,
  followChanges: 27550,
  libraryFolders: 27580,
} as const;
