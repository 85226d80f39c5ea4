-- Figures, tables and listings with their captions: numbered ones, parts of others, and those without a number.

local code = require("code")
local common = require("common")
local crossref = require("crossref")
local layout = require("layout")

local M = {}

local default_location = { tbl = "top", lst = "top" }

local function caption_location(attributes, kind)
  local own = common.take(attributes, kind .. "-cap-location", "cap-location")
  return own or common.text(kind .. "-cap-location") or common.text("cap-location") or default_location[kind] or "bottom"
end

local function column_classes(classes)
  return classes:filter(function(class)
    return class:match("^column%-") or class == "margin" or class == "aside"
  end)
end

-- In HTML a figure of a div, as Quarto has it.
local function html_figure(f)
  local numbered = f.entry ~= nil
  local float = numbered and f.entry.parent and "subfloat" or "float"
  local opening = numbered and ('<figure class="quarto-float quarto-%s-%s figure">'):format(float, f.kind)
    or '<figure class="figure">'
  local blocks = pandoc.List({ common.html(opening) })
  local caption = pandoc.List()
  if f.caption and #f.caption > 0 then
    local classes = numbered
      and ("quarto-float-caption-%s quarto-%s-caption quarto-%s-%s"):format(f.location, float, float, f.kind) or ""
    if f.location == "margin" then
      classes = classes .. " margin-caption column-margin"
    end
    local identifier = f.identifier ~= "" and (' id="%s-caption"'):format(common.escaped(f.identifier)) or ""
    local class = classes ~= "" and (' class="%s"'):format(classes) or ""
    caption:insert(common.html("<figcaption" .. class .. identifier .. ">"))
    caption:insert(pandoc.Plain(f.caption))
    caption:insert(common.html("</figcaption>"))
  end
  if f.location == "top" then
    blocks:extend(caption)
  end
  local attributes = numbered and #caption > 0 and { ["aria-describedby"] = f.identifier .. "-caption" } or {}
  blocks:extend(numbered and { pandoc.Div(f.content, pandoc.Attr("", {}, attributes)) } or f.content)
  if f.location ~= "top" then
    blocks:extend(caption)
  end
  blocks:insert(common.html("</figure>"))
  local classes = pandoc.List(numbered and { "quarto-float" } or {})
  classes:extend({ "quarto-figure", "quarto-figure-" .. f.align })
  classes:extend(f.classes)
  return pandoc.Div(blocks, pandoc.Attr(f.identifier, classes))
end

local styles = { fig = "Image Caption", tbl = "Table Caption", lst = "Caption" }

local function other_figure(f)
  local only = #f.content == 1 and f.content[1] or nil
  local image = only and common.lone_image(only)
  local content = pandoc.List(f.content)
  if not f.caption or #f.caption == 0 then
    return pandoc.Div(content, pandoc.Attr(f.identifier, f.classes))
  end
  if image and not common.is_markdown then
    image.caption = f.caption
    image.title = "fig:" .. image.title:gsub("^fig:", "")
    content = { pandoc.Para({ image }) }
  elseif only and only.t == "Table" and f.kind ~= "fig" then
    only.caption.long = { pandoc.Plain(f.caption) }
  else
    local caption = pandoc.Para(f.caption)
    if FORMAT == "docx" then
      caption = pandoc.Div({ caption }, pandoc.Attr("", {}, { ["custom-style"] = styles[f.kind] or "Caption" }))
    end
    content:insert(f.location == "top" and 1 or #content + 1, caption)
  end
  return pandoc.Div(content, pandoc.Attr(f.identifier, f.classes))
end

local function figure(f)
  if f.entry then
    f.caption = crossref.caption(f.entry, f.caption)
  end
  f.classes = f.classes or pandoc.List()
  return common.is_html and html_figure(f) or other_figure(f)
end

-- Without what makes pandoc put a figure around an image in a paragraph of its own.
local function without_figure(block)
  local image = common.lone_image(block)
  if image then
    image.title = image.title:gsub("^fig:", "")
    if not image.attributes.alt then
      image.attributes.alt = pandoc.utils.stringify(image.caption)
    end
    if common.is_html then
      image.classes:insert("figure-img")
    end
  end
  return block
end

local function widths_of(text)
  local widths, sum = {}, 0
  for number in (text or ""):gmatch("[%d.]+") do
    widths[#widths + 1] = tonumber(number) or 0
    sum = sum + widths[#widths]
  end
  return sum > 0 and widths or nil, sum
end

-- The widths of a table's columns, in shares or per cent.
local function set_widths(element, text)
  local widths, sum = widths_of(text)
  if not widths then
    return
  end
  for index, spec in ipairs(element.colspecs) do
    if widths[index] then
      element.colspecs[index] = { spec[1], widths[index] / math.max(sum, sum > 1.5 and 100 or 1) }
    end
  end
end

-- The braces at the end of a table's caption, which pandoc leaves in its text.
local function caption_attributes(inlines)
  for index = #inlines, 1, -1 do
    local text = inlines[index].t == "Str" and inlines[index].text or ""
    if text:match("^{[#.%a]") then
      local tail = pandoc.List()
      for position = index, #inlines do
        tail:insert(inlines[position])
      end
      local source = pandoc.utils.stringify(tail):gsub("\u{201c}", '"'):gsub("\u{201d}", '"')
      if not source:match("}%s*$") then
        return nil
      end
      local parsed = pandoc.read("[]" .. source, "markdown").blocks[1]
      local span = parsed and parsed.content and parsed.content[1]
      if not span or span.t ~= "Span" then
        return nil
      end
      while #inlines >= index do
        inlines:remove()
      end
      while #inlines > 0 and (inlines[#inlines].t == "Space" or inlines[#inlines].t == "SoftBreak") do
        inlines:remove()
      end
      return span
    end
  end
end

-- A table in running text; `holder` is the float whose only content it is.
function M.table(element, parent, holder)
  local inlines = element.caption.long and pandoc.utils.blocks_to_inlines(element.caption.long) or pandoc.List()
  local span = caption_attributes(inlines)
  local attributes = span and span.attributes or {}
  set_widths(element, attributes["tbl-colwidths"] or parent and parent.colwidths or common.text("tbl-colwidths"))
  if common.is_html then
    element.classes:extend({ "caption-top", "table" })
  end
  if span then
    element.classes:extend(span.classes)
    element.caption.long = { pandoc.Plain(inlines) }
  end
  if holder then
    return inlines
  end
  local identifier = span and span.identifier or ""
  if identifier == "" or not crossref.is_float(identifier) then
    if identifier ~= "" then
      element.identifier = identifier
    end
    return element
  end
  element.caption.long = {}
  local kind = crossref.kind(identifier)
  local location = caption_location(attributes, kind)
  return figure({
    identifier = identifier,
    kind = kind,
    entry = crossref.register(identifier, kind, inlines, parent),
    caption = inlines,
    content = { element },
    align = "center",
    location = location,
    classes = column_classes(element.classes),
  })
end

-- A paragraph that is an image with a caption or a label; nil when it is another one.
function M.paragraph(block, parent)
  local image, link = common.lone_image(block)
  if not image then
    return nil
  end
  local identifier = image.identifier
  if identifier == "" and link then
    identifier = link.identifier
  end
  local kind = crossref.is_float(identifier) and crossref.kind(identifier) or nil
  local align = common.take(image.attributes, "fig-align") or common.text("fig-align")
  local target = common.take(image.attributes, "fig-link")
  common.take(image.attributes, "fig-pos", "fig-env", "fig-scap")
  local is_captioned = #image.caption > 0 and (link or image.title:match("^fig:"))
  if target then
    link = pandoc.Link({ image }, target)
    block.content = { link }
  end
  if not kind and not is_captioned and not align then
    return nil
  end
  local caption, location = image.caption, caption_location(image.attributes, kind or "fig")
  without_figure(block)
  if kind then
    image.identifier = ""
    if link then
      link.identifier = ""
    end
  end
  local classes = column_classes(image.classes)
  image.classes = image.classes:filter(function(class)
    return not classes:includes(class)
  end)
  if not common.is_html and not kind then
    image.title = is_captioned and "fig:" .. image.title or image.title
    return link and block or pandoc.Para({ image })
  end
  return figure({
    identifier = kind and identifier or "",
    kind = kind or "fig",
    entry = kind and crossref.register(identifier, kind, caption, parent),
    caption = is_captioned and caption or pandoc.List(kind and caption or {}),
    content = { kind and pandoc.Plain(block.content) or pandoc.Para(block.content) },
    align = align or "center",
    location = location,
    classes = classes,
  })
end

-- A block of code: with a caption and a label it is a listing.
function M.listing(block, parent)
  local caption = common.take(block.attributes, "lst-cap")
  local identifier = block.identifier
  if crossref.kind(identifier) ~= "lst" or not (caption or parent == nil) then
    return code.block(block)
  end
  block.identifier = ""
  local inlines = caption and common.inlines(caption) or pandoc.List()
  local location = caption_location(block.attributes, "lst")
  return figure({
    identifier = identifier,
    kind = "lst",
    entry = crossref.register(identifier, "lst", inlines, parent),
    caption = inlines,
    content = { code.block(block) },
    align = "left",
    location = location,
    classes = pandoc.List({ "listing" }),
  })
end

function M.is(div)
  return crossref.is_float(div.identifier) or common.has_class(div, "quarto-float-unnumbered")
end

-- The last paragraph of the div, or what stands in its div for a caption.
local function take_caption(div, kind)
  local written = common.take(div.attributes, kind .. "-cap")
  if written then
    return common.inlines(written)
  end
  local content = div.content
  local last = content[#content]
  if last and last.t == "Div" and common.has_class(last, "quarto-float-caption-text") then
    content:remove()
    return pandoc.utils.blocks_to_inlines(last.content)
  elseif last and last.t == "Para" and #content > 1 and not common.lone_image(last) then
    content:remove()
    return last.content
  end
  local first = content[1]
  if #content == 1 then
    local image = common.lone_image(first)
    if image and image.identifier == "" then
      without_figure(first)
      return image.caption
    elseif first.t == "Table" then
      local inlines = M.table(first, nil, div)
      first.caption.long = {}
      return inlines
    end
  end
  return pandoc.List()
end

function M.of(div, parent, visit)
  local is_numbered = crossref.is_float(div.identifier)
  local kind = is_numbered and crossref.kind(div.identifier) or common.take(div.attributes, "kind") or "fig"
  div.classes = div.classes:filter(function(class)
    return class ~= "quarto-float-unnumbered"
  end)
  local caption = take_caption(div, kind)
  local entry = is_numbered and crossref.register(div.identifier, kind, caption, parent) or nil
  local align = common.take(div.attributes, "fig-align") or kind == "lst" and "left" or "center"
  local location = caption_location(div.attributes, kind)
  local scope = { entry = entry, colwidths = common.take(div.attributes, "tbl-colwidths") }
  local arrangement = layout.take(div)
  if #div.content == 1 and common.lone_image(div.content[1]) and common.lone_image(div.content[1]).identifier == "" then
    without_figure(div.content[1])
  end
  local content = visit(div.content, scope)
  if arrangement then
    content = layout.arranged(content, arrangement)
    div.classes:insert("quarto-layout-panel")
  end
  return figure({
    identifier = div.identifier,
    kind = kind,
    entry = entry,
    caption = caption,
    content = content,
    align = align,
    location = location,
    classes = div.classes,
  })
end

return M
