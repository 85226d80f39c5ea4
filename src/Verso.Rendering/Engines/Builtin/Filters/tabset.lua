-- Tabs: each heading of a div .panel-tabset begins one.

local common = require("common")
local crossref = require("crossref")

local M = {}

local count = 0

function M.is(div)
  return common.has_class(div, "panel-tabset")
end

local function tabs_of(div)
  local tabs, before, level = pandoc.List(), pandoc.List(), nil
  for _, block in ipairs(div.content) do
    if block.t == "Header" and (level == nil or block.level <= level) then
      level = level or block.level
      tabs:insert({ header = block, content = pandoc.List() })
    elseif #tabs == 0 then
      before:insert(block)
    else
      tabs[#tabs].content:insert(block)
    end
  end
  return tabs, before
end

function M.of(div, parent, visit)
  local tabs, before = tabs_of(div)
  if not common.is_html or #tabs == 0 then
    div.content = visit(div.content, parent)
    return div
  end
  count = count + 1
  common.has_tabs = not FORMAT:match("^epub")
  local set = "tabset-" .. count
  local blocks, panes = visit(before, parent), pandoc.List()
  blocks:insert(common.html('<ul class="nav nav-tabs" role="tablist">'))
  for index, tab in ipairs(tabs) do
    local pane, is_first = set .. "-" .. index, index == 1
    local active = is_first and " active" or ""
    blocks:insert(common.html(('<li class="nav-item" role="presentation"><a class="nav-link%s" id="%s-tab" role="tab" '
      .. 'aria-controls="%s" aria-selected="%s" href="#%s">'):format(active, pane, pane, tostring(is_first), pane)))
    blocks:insert(pandoc.Plain(tab.header.content))
    blocks:insert(common.html("</a></li>"))
    local classes = pandoc.List({ "tab-pane" })
    classes:extend(is_first and { "active" } or {})
    local content = visit(tab.content, parent)
    -- Links to the heading lead to its tab.
    if tab.header.identifier ~= "" then
      content:insert(1, pandoc.Plain({ pandoc.Span({}, pandoc.Attr(tab.header.identifier)) }))
    end
    panes:insert(pandoc.Div(content, pandoc.Attr(pane, classes,
      { role = "tabpanel", ["aria-labelledby"] = pane .. "-tab" })))
  end
  blocks:insert(common.html("</ul>"))
  blocks:insert(pandoc.Div(panes, pandoc.Attr("", { "tab-content" })))
  div.content = blocks
  local group = common.take(div.attributes, "group")
  if group then
    div.attributes["data-group"] = group
  end
  return div
end

return M
