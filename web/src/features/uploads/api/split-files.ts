const VIDEO_NAME = /\.(mp4|m4v|mov|webm|mkv|avi|mts|m2ts|mpg|mpeg|wmv|3gp|ogv)$/i;

interface FileFacts {
  name: string;
  type: string;
  size: number;
}

/** Sorts picked or dropped files into videos and what cannot be uploaded, with the reason in words. */
export function splitFiles<T extends FileFacts>(files: Iterable<T>): { videos: T[]; refused: string[] } {
  const videos: T[] = [];
  const refused: string[] = [];
  for (const file of files) {
    if (!file.type.startsWith("video/") && !VIDEO_NAME.test(file.name)) {
      refused.push(`${file.name} is not a video.`);
    } else if (file.size === 0) refused.push(`${file.name} is empty.`);
    else videos.push(file);
  }
  return { videos, refused };
}
