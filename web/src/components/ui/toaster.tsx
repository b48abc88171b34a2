import { Toaster as Sonner } from "sonner";

const isSmall = matchMedia("(max-width: 639px)").matches;

/** Where toasts appear: below the header on a phone, whose lower end is taken, at the bottom elsewhere. */
export function Toaster() {
  return (
    <Sonner
      position={isSmall ? "top-center" : "bottom-center"}
      offset={20}
      mobileOffset={{ top: 64 }}
      closeButton
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "group flex w-(--width) items-center gap-3 rounded-xl bg-ink px-4 py-3 font-sans text-sm text-paper shadow-float",
          title: "font-[550]",
          description: "text-xs opacity-75",
          icon: "shrink-0 [&_svg]:size-4",
          content: "grow",
          actionButton:
            "order-1 shrink-0 rounded-md px-2 py-1 font-[600] text-spark hover:underline dark:text-[oklch(0.4_0.1_158)]",
          closeButton: "order-2 shrink-0 opacity-60 hover:opacity-100 [&_svg]:size-3.5",
        },
      }}
    />
  );
}
