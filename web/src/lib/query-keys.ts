/** Filters of the product list, as they stand in the address. */
export interface ProductFilters {
  search?: string;
  statusId?: string;
}

/** Filters of a task list; absent means all. */
export interface TaskFilters {
  marketplace?: string;
  status?: string;
  productId?: string;
}

/** Filters of a list of posts; absent means all. */
export interface PostFilters {
  view?: string;
  search?: string;
  productId?: string;
}

/** Every query key of the app. A prefix (`all`) invalidates everything below it. */
export const queryKeys = {
  dataDeletion: (code: string) => ["data-deletion", code],
  onedrive: {
    all: ["onedrive"],
    status: ["onedrive", "status"],
    folders: (parentId: string | null) => ["onedrive", "folders", parentId],
    allItems: ["onedrive", "items"],
    items: (folderId: string | null) => ["onedrive", "items", folderId],
  },
  products: {
    all: ["products"],
    list: (filters: ProductFilters) => ["products", "list", filters],
    detail: (id: string) => ["products", "detail", id],
    options: (search: string) => ["products", "options", search],
    name: (id: string) => ["products", "name", id],
  },
  statuses: ["statuses"],
  videos: {
    all: ["videos"],
    lists: ["videos", "list"],
    list: (filters: { productId?: string }) => ["videos", "list", filters],
    previews: (productIds: string[]) => ["videos", "previews", productIds],
    playback: (id: string) => ["videos", "playback", id],
  },
  posters: (path: string) => ["posters", path],
  covers: (path: string) => ["covers", path],
  thumbnail: (videoId: string) => ["thumbnails", videoId],
  correlations: (productId: string) => ["correlations", productId],
  tasks: {
    all: ["tasks"],
    list: (filters: TaskFilters) => ["tasks", "list", filters],
    counts: ["tasks", "counts"],
  },
  connections: ["connections"],
  posts: {
    all: ["posts"],
    lists: ["posts", "list"],
    list: (filters: PostFilters) => ["posts", "list", filters],
    detail: (id: string) => ["posts", "detail", id],
    attempts: (targetId: string) => ["posts", "attempts", targetId],
    conversion: (videoId: string) => ["posts", "conversion", videoId],
    draft: (videoId: string) => ["posts", "draft", videoId],
  },
  formatCheck: (videoId: string, platforms: readonly string[]) => ["format-check", videoId, platforms],
  creatorInfo: (connectionId: string) => ["creator-info", connectionId],
  bulks: {
    all: ["bulks"],
    list: ["bulks", "list"],
    detail: (id: string) => ["bulks", "detail", id],
  },
  slots: {
    all: ["slots"],
    list: ["slots", "list"],
    next: (connectionIds: readonly string[], count: number) => ["slots", "next", connectionIds, count],
  },
  templates: ["templates"],
  captionFacts: (videoId: string) => ["caption-facts", videoId],
  notices: {
    all: ["notices"],
    list: ["notices", "list"],
    unread: ["notices", "unread"],
    preferences: ["notices", "preferences"],
  },
  profile: ["profile"],
  session: ["session"],
  sessions: ["sessions"],
  overview: ["overview"],
} as const;
