-- Callouts: note, warning, important, tip and caution.

local common = require("common")
local crossref = require("crossref")

local M = {}

local kinds = { note = "nte", warning = "wrn", important = "imp", tip = "tip", caution = "cau" }

local function kind_of(div)
  for _, class in ipairs(div.classes) do
    local kind = class:match("^callout%-(%a+)$")
    if kind and kinds[kind] then
      return kind
    end
  end
end

local function icon(shown)
  return shown and '<i class="callout-icon"></i>' or '<i class="callout-icon no-icon"></i>'
end

local function html_callout(c)
  local classes = pandoc.List({ "callout", "callout-style-" .. c.appearance, "callout-" .. c.kind })
  classes:extend(c.icon and {} or { "no-icon" })
  classes:extend(c.title and { "callout-titled" } or { "callout-empty-content" })
  classes:extend(c.classes)
  if #c.content > 0 or not c.title then
    classes = classes:filter(function(class)
      return class ~= "callout-empty-content"
    end)
  end
  local body = { common.html('<div class="callout-body-container callout-body">') }
  local blocks = pandoc.List()
  if c.title then
    local tag = c.collapse and "summary" or "div"
    blocks:insert(common.html(('<%s class="callout-header d-flex align-content-center">'):format(tag)
      .. '<div class="callout-icon-container">' .. icon(c.icon) .. "</div>"
      .. '<div class="callout-title-container flex-fill">'))
    blocks:insert(pandoc.Plain(c.title))
    blocks:insert(common.html("</div>" .. (c.collapse and '<div class="callout-btn-toggle"><i class="callout-toggle"></i></div>' or "")
      .. ("</%s>"):format(tag)))
  else
    body = { common.html('<div class="callout-body d-flex"><div class="callout-icon-container">' .. icon(c.icon)
      .. '</div><div class="callout-body-container">') }
  end
  blocks:extend(body)
  blocks:extend(c.content)
  blocks:insert(common.html(c.title and "</div>" or "</div></div>"))
  if not c.collapse then
    return pandoc.Div(blocks, pandoc.Attr(c.identifier, classes, c.attributes))
  end
  local identifier = c.identifier ~= "" and (' id="%s"'):format(common.escaped(c.identifier)) or ""
  local opening = ('<details%s class="%s callout-collapse"%s>'):format(identifier,
    common.escaped(table.concat(classes, " ")), c.collapse == "false" and " open" or "")
  blocks:insert(1, common.html(opening))
  blocks:insert(common.html("</details>"))
  return blocks
end

local alerts = { note = "NOTE", warning = "WARNING", important = "IMPORTANT", tip = "TIP", caution = "CAUTION" }

local function other_callout(c)
  local title = c.title or { pandoc.Str(common.word("callout-" .. c.kind .. "-title")) }
  local content = pandoc.List()
  if FORMAT:match("^gfm") then
    content:insert(pandoc.RawBlock("markdown", "[!" .. alerts[c.kind] .. "]"))
    if c.is_own_title then
      content:insert(pandoc.Para({ pandoc.Strong(title) }))
    end
  else
    content:insert(pandoc.Para({ pandoc.Strong(title) }))
  end
  content:extend(c.content)
  return pandoc.Div({ pandoc.BlockQuote(content) }, pandoc.Attr(c.identifier, { "callout-" .. c.kind }))
end

function M.is(div)
  return kind_of(div) ~= nil
end

function M.of(div, _, visit)
  local kind = kind_of(div)
  local title = common.take_name(div, "title")
  local appearance = common.take(div.attributes, "appearance") or common.text("callout-appearance") or "default"
  local has_icon = common.take(div.attributes, "icon")
  if has_icon == nil then
    has_icon = common.text("callout-icon")
  end
  local is_own_title = title ~= nil
  if crossref.kind(div.identifier) == kinds[kind] then
    local entry = crossref.register(div.identifier, kinds[kind], title)
    title, is_own_title = crossref.caption(entry, title), true
  elseif not title and appearance == "default" then
    title = pandoc.List({ pandoc.Str(common.word("callout-" .. kind .. "-title")) })
  end
  local callout = {
    identifier = div.identifier,
    kind = kind,
    title = title,
    is_own_title = is_own_title,
    appearance = appearance == "minimal" and "simple" or appearance,
    icon = has_icon ~= "false" and appearance ~= "minimal",
    collapse = common.take(div.attributes, "collapse"),
    classes = div.classes:filter(function(class)
      return class ~= "callout-" .. kind and class ~= "callout"
    end),
    content = visit(div.content),
    attributes = div.attributes,
  }
  if callout.collapse and not callout.title then
    callout.title = pandoc.List({ pandoc.Str(common.word("callout-" .. kind .. "-title")) })
  end
  return common.is_html and html_callout(callout) or other_callout(callout)
end

return M
