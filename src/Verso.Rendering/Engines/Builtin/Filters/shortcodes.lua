-- What shortcodes leave behind for the output's format to decide: keys, videos and page breaks.

local common = require("common")

local M = {}

local page_breaks = {
  docx = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
  odt = '<text:p text:style-name="Pagebreak"/>',
  html = '<div style="page-break-after: always;"></div>',
}

local function page_break()
  if common.is_html then
    return common.html(page_breaks.html)
  elseif FORMAT == "docx" then
    return pandoc.RawBlock("openxml", page_breaks.docx)
  end
  return pandoc.HorizontalRule()
end

local players = {
  { "youtu%.be/([%w_-]+)", "https://www.youtube-nocookie.com/embed/%s" },
  { "youtube[%a-]*%.com/watch%?v=([%w_-]+)", "https://www.youtube-nocookie.com/embed/%s" },
  { "youtube[%a-]*%.com/embed/([%w_-]+)", "https://www.youtube-nocookie.com/embed/%s" },
  { "vimeo%.com/(%d+)", "https://player.vimeo.com/video/%s" },
}

local function player(source)
  for _, entry in ipairs(players) do
    local name = source:match(entry[1])
    if name then
      return entry[2]:format(name)
    end
  end
end

local ratios = { ["16x9"] = true, ["21x9"] = true, ["4x3"] = true, ["1x1"] = true }

local function video(span)
  local source, title = span.attributes.src or "", span.attributes.title
  if not common.is_html then
    return pandoc.Para({ pandoc.Link({ pandoc.Str(title or source) }, source) })
  end
  local size = ""
  for _, name in ipairs({ "width", "height" }) do
    if (span.attributes[name] or ""):match("^%d+%%?$") then
      size = size .. (' %s="%s"'):format(name, span.attributes[name])
    end
  end
  local label = title and (' title="%s"'):format(common.escaped(title)) or ""
  local page = player(source)
  if page then
    common.warn(source, "The video " .. source .. " is not put into the document; it is fetched whenever somebody reads it.")
  end
  local element = page
    and ('<iframe data-external="1" src="%s%s"%s%s allowfullscreen="" frameborder="0"></iframe>'):format(page,
      span.attributes.start and "?start=" .. (span.attributes.start:match("^%d+") or "0") or "", label, size)
    or ('<video src="%s"%s%s controls="" preload="metadata"></video>'):format(common.escaped(source), label, size)
  local ratio = ratios[span.attributes["aspect-ratio"] or ""] and span.attributes["aspect-ratio"] or "16x9"
  return common.html(('<div class="quarto-video ratio ratio-%s">%s</div>'):format(ratio, element))
end

function M.Para(block)
  local span = #block.content == 1 and block.content[1]
  if not span or span.t ~= "Span" then
    return nil
  elseif common.has_class(span, "shortcode-pagebreak") then
    return page_break()
  elseif common.has_class(span, "shortcode-video") then
    return video(span)
  end
end

function M.Span(span)
  if common.has_class(span, "shortcode-kbd") and common.is_html then
    local keys = pandoc.List({ pandoc.RawInline("html", "<kbd>") })
    keys:extend(span.content)
    keys:insert(pandoc.RawInline("html", "</kbd>"))
    return keys
  elseif common.has_class(span, "shortcode-pagebreak") then
    return {}
  elseif common.has_class(span, "shortcode-video") then
    return { pandoc.Link({ pandoc.Str(span.attributes.title or span.attributes.src or "") }, span.attributes.src or "") }
  end
end

return M
