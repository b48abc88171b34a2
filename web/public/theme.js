// Sets the colour theme before the first paint; a file of its own because the page allows no inline scripts.
(function () {
  let choice = null;
  try {
    choice = localStorage.getItem("cliprelay.theme");
  } catch {
    // Storage can be blocked; the system's choice applies then.
  }
  const dark = choice === "dark" ||
    (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.toggle("dark", dark);
})();
