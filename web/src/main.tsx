import "./app/apply-arrival.ts";
import "./config/forbid-eval.ts";
import "./app/styles.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
