-- What all filters share: the format, the document's settings and words, and what they tell the author.

local M = {}

local html_formats = { html = true, html4 = true, html5 = true, epub = true, epub2 = true, epub3 = true,
  revealjs = true, slidy = true, s5 = true }
local slide_formats = { revealjs = true, pptx = true, slidy = true, s5 = true, beamer = true }

M.is_html = html_formats[FORMAT] or false
M.is_slides = slide_formats[FORMAT] or false
-- Outputs that are Markdown again have no captions of their own.
M.is_markdown = FORMAT:match("^gfm") or FORMAT:match("^markdown") or FORMAT:match("^commonmark") or false

-- Pandoc's name for the output, unless it is only on the way to another one (PDF is made of HTML).
M.format = FORMAT
M.meta = {}
M.has_tabs = false

local stringify = pandoc.utils.stringify
local told = {}

-- Says something about a place of the document, which is found by the text that stands there.
function M.warn(text, message)
  local line = "[WARNING] @" .. text:gsub("%s+", " ") .. "@ " .. message:gsub("%s+", " ") .. "\n"
  if not told[line] then
    told[line] = true
    io.stderr:write(line)
  end
end

function M.begin(meta)
  M.meta = meta
  M.format = M.text("verso-format") or FORMAT
end

local function at(path)
  local value = M.meta
  for key in path:gmatch("[^.]+") do
    if type(value) ~= "table" then
      return nil
    end
    value = value[key]
  end
  return value
end

M.at = at

-- A setting by its path, such as "crossref.fig-title".
function M.text(path)
  local value = at(path)
  if value == nil or type(value) == "boolean" then
    return value ~= nil and tostring(value) or nil
  end
  return stringify(value)
end

function M.flag(path)
  local value = at(path)
  if type(value) == "boolean" then
    return value
  end
  local text = value ~= nil and stringify(value) or nil
  if text == "true" then
    return true
  elseif text == "false" then
    return false
  end
  return nil
end

local words

-- A word in the document's language, by Quarto's name for it; `language:` may say otherwise.
function M.word(name)
  local own = at("language")
  if type(own) == "table" and own[name] ~= nil then
    return stringify(own[name])
  end
  words = words or require("languages").of(M.text("lang") or "en")
  return words[name] or name
end

-- An attribute taken off its element.
function M.take(attributes, ...)
  for _, name in ipairs({ ... }) do
    local value = attributes[name]
    if value ~= nil then
      attributes[name] = nil
      return value
    end
  end
  return nil
end

function M.has_class(element, ...)
  for _, class in ipairs({ ... }) do
    if element.classes:includes(class) then
      return true
    end
  end
  return false
end

function M.escaped(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

function M.html(text)
  return pandoc.RawBlock("html", text)
end

-- Inlines of the author's Markdown that stands in an attribute.
function M.inlines(markdown)
  return pandoc.utils.blocks_to_inlines(pandoc.read(markdown, "markdown").blocks)
end

-- What a div is called: by an attribute, or by a heading that it begins with; taken out of it.
function M.take_name(div, attribute)
  local written = M.take(div.attributes, attribute)
  if written then
    return M.inlines(written)
  end
  local first = div.content[1]
  if first and first.t == "Header" then
    div.content:remove(1)
    return first.content
  end
end

-- Whether a paragraph shows nothing but an image, perhaps one that is a link; gives both.
function M.lone_image(block)
  if block.t ~= "Para" and block.t ~= "Plain" then
    return nil
  end
  local found, link
  for _, inline in ipairs(block.content) do
    if inline.t == "Image" and not found then
      found = inline
    elseif inline.t == "Link" and not found and #inline.content == 1 and inline.content[1].t == "Image" then
      found, link = inline.content[1], inline
    elseif inline.t ~= "Space" and inline.t ~= "SoftBreak" then
      return nil
    end
  end
  return found, link
end

-- Tables that are HTML (those of data frames) become tables where the output is no HTML.
function M.readable(block)
  if not M.is_html and block.format:match("^html") and block.text:match("<[Tt][Aa][Bb][Ll][Ee]") then
    local parsed, document = pcall(pandoc.read, block.text, "html")
    if parsed then
      return document.blocks
    end
  end
end

-- The script of tabs, put in once and only where there are some.
function M.finish(document)
  local file = M.has_tabs and io.open((PANDOC_SCRIPT_FILE:match("^(.*)/[^/]*$") or ".") .. "/tabs.js")
  if file then
    document.blocks:insert(M.html("<script>\n" .. file:read("a") .. "</script>"))
    file:close()
  end
end

return M
