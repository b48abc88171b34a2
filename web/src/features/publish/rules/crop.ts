/** Pixels. */
export interface Size {
  width: number;
  height: number;
}

/** What of a picture is shown: its middle in shares of the picture, and how much larger than to just fill the frame. */
export interface Crop {
  x: number;
  y: number;
  zoom: number;
}

export interface Area extends Size {
  left: number;
  top: number;
}

export const MAX_ZOOM = 4;
export const WHOLE: Crop = { x: 0.5, y: 0.5, zoom: 1 };

/** The part of a picture that fills a frame of this shape, in pixels of the picture. Never beyond its edges. */
export function cropArea(picture: Size, shape: Size, crop: Crop): Area {
  const scale = Math.min(picture.width / shape.width, picture.height / shape.height) / clampZoom(crop.zoom);
  const width = shape.width * scale;
  const height = shape.height * scale;
  return {
    width,
    height,
    left: clamp(crop.x * picture.width - width / 2, 0, picture.width - width),
    top: clamp(crop.y * picture.height - height / 2, 0, picture.height - height),
  };
}

/**
 * Moves the picture in its frame.
 * @param by shares of the frame; 0.1 to the right uncovers what lies to the left
 */
export function moveCrop(picture: Size, shape: Size, crop: Crop, by: { x: number; y: number }): Crop {
  const area = cropArea(picture, shape, crop);
  return settle(picture, shape, {
    zoom: crop.zoom,
    x: (area.left + area.width / 2 - by.x * area.width) / picture.width,
    y: (area.top + area.height / 2 - by.y * area.height) / picture.height,
  });
}

/** Zooms around the middle of what is shown, 1 to MAX_ZOOM. */
export const zoomCrop = (picture: Size, shape: Size, crop: Crop, zoom: number): Crop =>
  settle(picture, shape, { ...crop, zoom: clampZoom(zoom) });

/** The same part, said by its true middle: one pushed beyond an edge would have to come back before it moves. */
function settle(picture: Size, shape: Size, crop: Crop): Crop {
  const area = cropArea(picture, shape, crop);
  return {
    zoom: crop.zoom,
    x: (area.left + area.width / 2) / picture.width,
    y: (area.top + area.height / 2) / picture.height,
  };
}

const clampZoom = (zoom: number) => clamp(zoom, 1, MAX_ZOOM);

const clamp = (value: number, min: number, max: number) => Math.min(Math.max(value, min), Math.max(min, max));
