import { Link, Outlet, useRouteContext } from "@tanstack/react-router";
import { Logo } from "../../components/logo.tsx";
import { UploadsProvider } from "../../features/uploads/components/uploads-provider.tsx";
import { UploadTray } from "../../features/uploads/components/upload-tray.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { NoticesLink } from "./notices-link.tsx";
import { Sidebar } from "./sidebar.tsx";
import { TabBar } from "./tab-bar.tsx";
import { useConnectionNews } from "./use-connection-news.ts";
import { useShownProduct } from "./use-shown-product.ts";

/** The frame around every page of a signed-in user. */
export function AppShell() {
  const { session } = useRouteContext({ from: "/_app" });
  const shownProductId = useShownProduct();
  useConnectionNews();
  return (
    <UploadsProvider key={session.user.id} userId={session.user.id}>
      <a
        href="#main"
        className="sr-only z-50 rounded-lg bg-ink px-4 py-2 font-[550] text-paper focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        Skip to the content
      </a>
      <div className="flex min-h-dvh">
        <Sidebar />
        <div className="flex min-w-0 grow flex-col">
          <header className="sticky top-0 z-20 flex h-14 items-center justify-between border-b bg-paper/90 px-4 backdrop-blur lg:hidden">
            <Link to="/" aria-label="Cliprelay, home" className="rounded-lg">
              <Logo />
            </Link>
            <div className="flex items-center gap-1">
              <NoticesLink />
              <AccountMenu isCompact />
            </div>
          </header>
          <main
            id="main"
            tabIndex={-1}
            className="mx-auto w-full max-w-[75rem] grow px-4 pt-6 pb-32 outline-none sm:px-6 lg:px-10 lg:pt-9 lg:pb-24"
          >
            <Outlet />
          </main>
        </div>
      </div>
      <UploadTray shownProductId={shownProductId} />
      <TabBar />
    </UploadsProvider>
  );
}
