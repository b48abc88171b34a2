import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { queryClient } from "../lib/query-client.ts";
import { readSearch } from "./read-search.ts";
import { requireGuest, requireSession } from "./require-session.ts";
import { NotFoundPage } from "./routes/not-found-page.tsx";
import { RootPage } from "./routes/root-page.tsx";
import { RouteError } from "./routes/route-error.tsx";
import { RoutePending } from "./routes/route-pending.tsx";

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: RootPage });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: readSearch.signIn,
  beforeLoad: requireGuest,
  component: lazyRouteComponent(() => import("./routes/sign-in-page.tsx"), "SignInPage"),
});

const signUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-up",
  validateSearch: readSearch.signIn,
  beforeLoad: requireGuest,
  component: lazyRouteComponent(() => import("./routes/sign-up-page.tsx"), "SignUpPage"),
});

const forgotPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/forgot-password",
  validateSearch: readSearch.forgotPassword,
  component: lazyRouteComponent(() => import("./routes/forgot-password-page.tsx"), "ForgotPasswordPage"),
});

const setPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/set-password",
  component: lazyRouteComponent(() => import("./routes/set-password-page.tsx"), "SetPasswordPage"),
});

const confirmEmailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/confirm-email",
  validateSearch: readSearch.confirmEmail,
  component: lazyRouteComponent(() => import("./routes/confirm-email-page.tsx"), "ConfirmEmailPage"),
});

const dataDeletionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/data-deletion/$code",
  component: lazyRouteComponent(() => import("./routes/data-deletion-page.tsx"), "DataDeletionPage"),
});

const finishRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/connect/finish",
  component: lazyRouteComponent(() => import("./routes/connect-finish-page.tsx"), "ConnectFinishPage"),
});

const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "_app",
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import("./shell/app-shell.tsx"), "AppShell"),
});

const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./routes/home-page.tsx"), "HomePage"),
});

const productsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/products",
  validateSearch: readSearch.products,
  component: lazyRouteComponent(() => import("./routes/products-page.tsx"), "ProductsPage"),
});

const productRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/products/$productId",
  component: lazyRouteComponent(() => import("./routes/product-page.tsx"), "ProductPage"),
});

const videosRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/videos",
  validateSearch: readSearch.videos,
  component: lazyRouteComponent(() => import("./routes/videos-page.tsx"), "VideosPage"),
});

const postsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/posts",
  validateSearch: readSearch.posts,
  component: lazyRouteComponent(() => import("./routes/posts-page.tsx"), "PostsPage"),
});

const postRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/posts/$postId",
  component: lazyRouteComponent(() => import("./routes/post-page.tsx"), "PostPage"),
});

const bulkRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/bulks/$bulkId",
  component: lazyRouteComponent(() => import("./routes/bulk-page.tsx"), "BulkPage"),
});

const tasksRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/tasks",
  validateSearch: readSearch.tasks,
  component: lazyRouteComponent(() => import("./routes/tasks-page.tsx"), "TasksPage"),
});

const notificationsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/notifications",
  component: lazyRouteComponent(() => import("./routes/notifications-page.tsx"), "NotificationsPage"),
});

const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./routes/settings-page.tsx"), "SettingsPage"),
});

const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/profile", replace: true });
  },
});

const onedriveRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/onedrive",
  component: lazyRouteComponent(() => import("./routes/onedrive-settings.tsx"), "OnedriveSettings"),
});

const profileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/profile",
  component: lazyRouteComponent(() => import("./routes/profile-settings.tsx"), "ProfileSettings"),
});

const securityRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/security",
  component: lazyRouteComponent(() => import("./routes/security-settings.tsx"), "SecuritySettings"),
});

const accountsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/accounts",
  component: lazyRouteComponent(() => import("./routes/accounts-settings.tsx"), "AccountsSettings"),
});

const slotsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/slots",
  component: lazyRouteComponent(() => import("./routes/slots-settings.tsx"), "SlotsSettings"),
});

const templatesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/templates",
  component: lazyRouteComponent(() => import("./routes/templates-settings.tsx"), "TemplatesSettings"),
});

const notificationSettingsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/notifications",
  component: lazyRouteComponent(() => import("./routes/notification-settings.tsx"), "NotificationSettings"),
});

// Where notices about an account lead.
const connectionsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/connections/$",
  beforeLoad: () => {
    throw redirect({ to: "/settings/accounts", replace: true });
  },
});

const accountRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/account",
  component: lazyRouteComponent(() => import("./routes/account-settings.tsx"), "AccountSettings"),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signInRoute,
    signUpRoute,
    forgotPasswordRoute,
    setPasswordRoute,
    confirmEmailRoute,
    dataDeletionRoute,
    finishRoute,
    appRoute.addChildren([
      homeRoute,
      productsRoute,
      productRoute,
      videosRoute,
      postsRoute,
      postRoute,
      bulkRoute,
      tasksRoute,
      connectionsRoute,
      notificationsRoute,
      settingsRoute.addChildren([
        settingsIndexRoute,
        profileRoute,
        securityRoute,
        onedriveRoute,
        accountsRoute,
        notificationSettingsRoute,
        slotsRoute,
        templatesRoute,
        accountRoute,
      ]),
    ]),
  ]),
  context: { queryClient },
  defaultPreload: "intent",
  defaultPendingMs: 250,
  defaultPendingComponent: RoutePending,
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
