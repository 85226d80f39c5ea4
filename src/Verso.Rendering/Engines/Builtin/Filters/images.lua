-- What every image has: Quarto's classes, and its description.

local common = require("common")

local M = {}

local takes_files = { docx = true, pptx = true, odt = true, epub = true, epub2 = true, epub3 = true }

-- What an image becomes that cannot be had, where pandoc would give up: a link, or its description.
local function instead(image)
  local text = #image.caption > 0 and image.caption or pandoc.List({ pandoc.Str(image.attributes.alt or image.src) })
  if image.src:match("^[Dd][Aa][Tt][Aa]:") then
    return nil
  elseif image.src:match("^%a[%w+.-]*:") or image.src:match("^//") then
    common.warn(image.src, "The image " .. image.src .. " is linked: a render has no network to fetch it from.")
    return pandoc.Link(text, image.src)
  end
  local plain = image.src:gsub("%%(%x%x)", function(code) return string.char(tonumber(code, 16)) end)
  for _, path in ipairs({ image.src, plain }) do
    local file = io.open(path, "rb")
    if file then
      file:close()
      return nil
    end
  end
  common.warn(image.src, "The file " .. image.src .. " does not exist beside the document.")
  return pandoc.Span(text)
end

function M.Image(image)
  local other = takes_files[FORMAT] and instead(image)
  if other then
    return other
  end
  local alt = common.take(image.attributes, "fig-alt")
  if alt then
    image.attributes.alt = alt
  end
  if common.is_html and not common.has_class(image, "img-fluid") then
    image.classes:insert("img-fluid")
  end
  if common.has_class(image, "lightbox") then
    common.warn(image.src, "Images are not enlarged on a click: 'lightbox' is not supported by the builtin engine.")
  end
  return image
end

return M
