import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { TextQuote } from "lucide-react";
import { Button } from "../../../components/ui/button.tsx";
import { Menu, MenuItem, MenuLine } from "../../../components/ui/menu.tsx";
import { type Template, templatesOptions } from "../api/list-templates.ts";

/** Chooses one of the user's templates for a text. */
export function TemplateMenu({ onChoose }: { onChoose: (template: Template) => void }) {
  const { data: templates } = useQuery(templatesOptions);
  return (
    <Menu
      trigger={
        <Button look="link" size="inline" className="text-xs">
          <TextQuote aria-hidden /> Insert template
        </Button>
      }
    >
      {templates?.map((template) => (
        <MenuItem key={template.id} onSelect={() => onChoose(template)}>
          <span className="max-w-72 truncate">{template.name}</span>
        </MenuItem>
      ))}
      {templates && templates.length > 0 && <MenuLine />}
      <MenuItem asChild>
        <Link to="/settings/templates">
          {templates?.length === 0 ? "Write your first template" : "Manage templates"}
        </Link>
      </MenuItem>
    </Menu>
  );
}
